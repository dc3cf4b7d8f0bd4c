/** What may be chosen about how pages look; the first of each is the usual one. */
export const PAGE_CHOICES = {
  theme: ["system", "light", "dark"],
  typeface: ["usual", "atkinson", "lexend", "opendyslexic"],
} as const;
