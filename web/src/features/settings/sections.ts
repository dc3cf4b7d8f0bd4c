/** The sections of the settings, by the addresses of their pages. */

export const SECTIONS = [
  "device-settings",
  "settings",
  "notification-settings",
  "security",
] as const;

export type Section = (typeof SECTIONS)[number];

/** Whether a page is a part of the settings. */
export function isSection(page: string): page is Section {
  return SECTIONS.some((one) => one === page);
}
