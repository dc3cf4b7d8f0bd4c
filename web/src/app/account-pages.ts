/** Addresses of the pages of accounts; none of them can be the code of a meeting. */

export type AccountPage =
  | "home"
  | "login"
  | "register"
  | "verify-email"
  | "forgot-password"
  | "reset-password"
  | "invitation"
  | "guest"
  | "contacts"
  | "schedule"
  | "notifications"
  | "rooms"
  | "organisation"
  | "join-organisation"
  | "settings"
  | "device-settings"
  | "notification-settings"
  | "connect-slack"
  | "security";

const PAGES: Record<string, AccountPage> = {
  login: "login",
  register: "register",
  "verify-email": "verify-email",
  "forgot-password": "forgot-password",
  "reset-password": "reset-password",
  invitation: "invitation",
  guest: "guest",
  contacts: "contacts",
  schedule: "schedule",
  notifications: "notifications",
  rooms: "rooms",
  organisation: "organisation",
  "join-organisation": "join-organisation",
  settings: "settings",
  "device-settings": "device-settings",
  "notification-settings": "notification-settings",
  "connect-slack": "connect-slack",
  security: "security",
};

/** Sections of the page of the organisation; the first is shown where none is named. */
export const ORGANISATION_SECTIONS = [
  "people",
  "meetings",
  "overview",
  "audit",
  "work",
  "webhooks",
  "settings",
] as const;

export type OrganisationSection = (typeof ORGANISATION_SECTIONS)[number];

/** Pages whose address goes on: with what they are about, or with one of their sections. */
const WITH_PARTS: Record<string, (part: string) => boolean> = {
  schedule: () => true,
  rooms: () => true,
  organisation: (part) => ORGANISATION_SECTIONS.some((section) => section === part),
};

/** The page at an address below the front page, if it is one of accounts. */
export function accountPageAt(name: string, part?: string): AccountPage | undefined {
  if (!Object.hasOwn(PAGES, name)) {
    return undefined;
  }
  const isThere = part === undefined || WITH_PARTS[name]?.(part) === true;
  return isThere ? PAGES[name] : undefined;
}
