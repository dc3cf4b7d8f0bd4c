/** Frame of the pages of somebody who is signed in: where one can go, and who one is. */

import "@/app/shell.css";
import { CalendarDays, ContactRound, House, LogOut, Settings } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { endSession, type Profile } from "@/api/account-session";
import { createAsking } from "@/api/asking";
import { usePicture } from "@/api/use-picture";
import type { AccountPage } from "@/app/account-pages";
import { appText } from "@/app/strings";
import { fullName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { Brand } from "@/ui/PageHeader";

export interface ShellProps {
  page: AccountPage;
  profile: Profile;
  children: ComponentChildren;
}

const PLACES = [
  { href: "/", pages: ["home"], icon: House, word: "placeHome" },
  { href: "/schedule", pages: ["schedule"], icon: CalendarDays, word: "placeSchedule" },
  { href: "/contacts", pages: ["contacts"], icon: ContactRound, word: "placeContacts" },
  { href: "/settings", pages: ["settings", "security"], icon: Settings, word: "placeSettings" },
] as const;

/** The frame around one page. */
export function Shell({ page, profile, children }: ShellProps) {
  const text = appText();
  const name = fullName(profile);
  const picture = usePicture(profile.avatar);
  return (
    <div class="shell">
      <header class="shell-side">
        <Brand />
        <nav class="shell-places" aria-label={text.places}>
          {PLACES.map(({ href, pages, icon: Icon, word }) => (
            <a
              key={href}
              class="shell-place"
              href={href}
              aria-current={pages.some((one) => one === page) ? "page" : undefined}
            >
              <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
              <span>{text[word]}</span>
            </a>
          ))}
        </nav>
        <div class="shell-self">
          <Avatar name={name} identity={profile.id} size={34} picture={picture} />
          <span class="shell-name" dir="auto">
            {name}
          </span>
        </div>
        <SignOut />
      </header>
      <div class="shell-page">
        <OfflineNote />
        <main class="shell-main">{children}</main>
      </div>
    </div>
  );
}

function SignOut() {
  const { route } = useLocation();
  const asking = useMemo(createAsking, []);
  const text = appText();
  const leave = async () => {
    if (await asking.run(endSession)) {
      route("/");
    }
  };
  const error = asking.error.value;
  return (
    <div class="shell-out">
      <Button
        kind="plain"
        aria-label={text.signOut}
        title={text.signOut}
        busy={asking.isBusy.value && text.signingOut}
        onClick={() => void leave()}
      >
        <LogOut size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{text.signOut}</span>
      </Button>
      {error !== undefined && <FieldNote id="sign-out-error" text={error} isError />}
    </div>
  );
}

function OfflineNote() {
  const [isOffline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return <div role="status">{isOffline && <p class="shell-offline">{appText().offline}</p>}</div>;
}
