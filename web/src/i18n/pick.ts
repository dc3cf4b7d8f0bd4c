/** Which of our languages somebody reads; knows of no page, so that the service worker can ask too. */

export type Locale = "id" | "en";

/** First of the browser's languages that we speak; Malay readers are served in Indonesian. */
export function pickLocale(kept: string | null, languages: readonly string[]): Locale {
  if (kept === "id" || kept === "en") {
    return kept;
  }
  for (const language of languages) {
    const primary = language.toLowerCase().split("-")[0];
    if (primary === "id" || primary === "in" || primary === "ms") {
      return "id";
    }
    if (primary === "en") {
      return "en";
    }
  }
  return languages.length > 0 ? "en" : "id";
}
