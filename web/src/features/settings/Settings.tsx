/** The settings: a list of sections, and the cards of one. */

import "@/features/settings/settings.css";
import type { ComponentChildren } from "preact";
import type { Profile } from "@/api/account-session";
import { InstallCard } from "@/features/settings/InstallCard";
import { LanguageCard } from "@/features/settings/LanguageCard";
import { NameCard } from "@/features/settings/NameCard";
import { PictureCard } from "@/features/settings/PictureCard";
import { PresenceCard } from "@/features/settings/PresenceCard";
import { SecurityCards } from "@/features/settings/SecurityCards";
import { ShortcutsCard } from "@/features/settings/ShortcutsCard";
import { SECTIONS, type Section } from "@/features/settings/sections";
import { settingsText } from "@/features/settings/strings";
import { ThemeCard } from "@/features/settings/ThemeCard";
import { TypefaceCard } from "@/features/settings/TypefaceCard";
import { Sections } from "@/ui/Sections";

export interface SettingsProps {
  section: Section;
  profile: Profile;
  tag: string | undefined;
  /** The cards of camera, microphone and speaker, which are loaded when somebody opens them. */
  devices: ComponentChildren;
  /** The cards of notifications, the same. */
  notifications: ComponentChildren;
  /** The card of connected services, which is loaded by itself. */
  services: ComponentChildren;
}

/** The page. */
export function Settings(props: SettingsProps) {
  const { section, profile, tag, devices, notifications, services } = props;
  const text = settingsText();
  const sections = SECTIONS.map((name) => [`/${name}`, text.sectionNames[name]] as const);
  return (
    <Sections title={text.title} label={text.sections} sections={sections} current={`/${section}`}>
      <div class="settings-cards">
        {section === "device-settings" && devices}
        {section === "settings" && (
          <>
            <PictureCard profile={profile} />
            <NameCard profile={profile} tag={tag} />
            <LanguageCard />
            <ThemeCard />
            <TypefaceCard />
            <PresenceCard />
            {services}
            <ShortcutsCard />
            <InstallCard />
          </>
        )}
        {section === "notification-settings" && notifications}
        {section === "security" && <SecurityCards email={profile.email} />}
      </div>
    </Sections>
  );
}
