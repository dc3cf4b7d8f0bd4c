/** Light, dark, or as the device has it. */

import { effect } from "@preact/signals";
import { pageChoice } from "@/lib/page-choice";
import { PAGE_CHOICES } from "@/lib/page-choices";

export const themeChoice = pageChoice("theme", PAGE_CHOICES.theme);

/** Colour of the browser's own bars: the page names one for light and one for dark. */
function colourBars(theme: string): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
    const scheme = meta.dataset["scheme"] ?? "light";
    const chosen = scheme === theme ? "all" : "not all";
    meta.media = theme === "system" ? `(prefers-color-scheme: ${scheme})` : chosen;
  }
}

effect(() => colourBars(themeChoice.now.value));
