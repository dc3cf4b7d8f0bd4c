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
  | "settings"
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
  settings: "settings",
  security: "security",
};

/** The page at an address below the front page, if it is one of accounts. */
export function accountPageAt(name: string): AccountPage | undefined {
  return Object.hasOwn(PAGES, name) ? PAGES[name] : undefined;
}
