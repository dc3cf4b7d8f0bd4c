/** The settings: a list of sections, and the cards of one. */

import "@/features/settings/settings.css";
import type { Profile } from "@/api/account-session";
import { LanguageCard } from "@/features/settings/LanguageCard";
import { NameCard } from "@/features/settings/NameCard";
import { PictureCard } from "@/features/settings/PictureCard";
import { PresenceCard } from "@/features/settings/PresenceCard";
import { SecurityCards } from "@/features/settings/SecurityCards";
import { settingsText } from "@/features/settings/strings";
import { usePage } from "@/ui/page";

export interface SettingsProps {
  section: "settings" | "security";
  profile: Profile;
  tag: string | undefined;
}

/** The page. */
export function Settings({ section, profile, tag }: SettingsProps) {
  const text = settingsText();
  const heading = usePage(text.title);
  const isProfile = section === "settings";
  return (
    <>
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {text.title}
      </h1>
      <div class="settings">
        <nav class="settings-sections" aria-label={text.sections}>
          <a href="/settings" aria-current={isProfile ? "page" : undefined}>
            {text.profile}
          </a>
          <a href="/security" aria-current={isProfile ? undefined : "page"}>
            {text.security}
          </a>
        </nav>
        <div class="settings-cards">
          {isProfile ? (
            <>
              <PictureCard profile={profile} />
              <NameCard profile={profile} tag={tag} />
              <LanguageCard />
              <PresenceCard />
            </>
          ) : (
            <SecurityCards email={profile.email} />
          )}
        </div>
      </div>
    </>
  );
}
