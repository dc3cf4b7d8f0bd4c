/** The language people read: their choice if they made one, else the browser's, else Indonesian. */

import { effect, signal } from "@preact/signals";
import { type Locale, pickLocale } from "@/i18n/pick";

const KEY = "jumpa.locale";
const TAGS: Record<Locale, string> = { id: "id-ID", en: "en-GB" };

function keptLocale(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** The language now; setting it through `chooseLocale` keeps it. */
export const locale = signal<Locale>(pickLocale(keptLocale(), navigator.languages));

/** Switch the language and keep the choice in this browser. */
export function chooseLocale(chosen: Locale): void {
  locale.value = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // A browser that stores nothing still switches for this visit.
  }
}

// All tabs of a browser speak the same language.
addEventListener("storage", ({ key, newValue }) => {
  if (key === KEY && (newValue === "id" || newValue === "en")) {
    locale.value = newValue;
  }
});

/** BCP 47 tag for Intl. */
export function localeTag(): string {
  return TAGS[locale.value];
}

effect(() => {
  document.documentElement.lang = locale.value;
});
