/** Frame of the pages of somebody who is signed in: where one can go, and who one is. */

import "@/app/shell.css";
import {
  CalendarDays,
  ContactRound,
  DoorOpen,
  House,
  LogOut,
  School,
  Settings,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { endSession, type Profile } from "@/api/account-session";
import { createAsking } from "@/api/asking";
import { ApiError } from "@/api/client";
import { usePicture } from "@/api/use-picture";
import type { AccountPage } from "@/app/account-pages";
import { lazily } from "@/app/lazily";
import { ownNews } from "@/app/own-news";
import { ownPush } from "@/app/own-push";
import { appText } from "@/app/strings";
import { Bell } from "@/features/notifications/Bell";
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

const NewsPanel = lazily(() =>
  import("@/features/notifications/Panel").then((loaded) => loaded.Panel),
);

const PLACES = [
  { href: "/", pages: ["home"], icon: House, word: "placeHome" },
  { href: "/schedule", pages: ["schedule"], icon: CalendarDays, word: "placeSchedule" },
  { href: "/rooms", pages: ["rooms"], icon: DoorOpen, word: "placeRooms" },
  { href: "/contacts", pages: ["contacts"], icon: ContactRound, word: "placeContacts" },
  {
    href: "/settings",
    pages: ["settings", "device-settings", "notification-settings", "security"],
    icon: Settings,
    word: "placeSettings",
  },
] as const;

/** The frame around one page. */
export function Shell({ page, profile, children }: ShellProps) {
  const text = appText();
  const name = fullName(profile);
  const picture = usePicture(profile.avatar);
  return (
    <div class="shell">
      <header class="shell-side">
        <div class="shell-head">
          <Brand />
          <Bell centre={ownNews} isOnPage={page === "notifications"} panel={NewsPanel} />
        </div>
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
        {profile.role === "administrator" && (
          <a
            class="shell-place shell-organisation"
            href="/organisation"
            aria-current={page === "organisation" ? "page" : undefined}
          >
            <School size={20} strokeWidth={1.75} aria-hidden="true" />
            <span>{text.placeOrganisation}</span>
          </a>
        )}
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
    // What is pushed here after that would be seen by whoever comes next.
    const isOut = await asking.run(async () => {
      await ownPush.turnOff().catch(bearing);
      await endSession();
    });
    if (isOut) {
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

/** The browser forgets its subscription in any case; the server hears of that when it sends next. */
function bearing(error: unknown): void {
  if (!(error instanceof ApiError)) {
    throw error;
  }
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
