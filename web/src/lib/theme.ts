/** Light, dark, or as the device has it: chosen in this browser, and the same in all its tabs. */

import { effect } from "@preact/signals";
import { KeptChoice } from "@/lib/kept-choice";

const KEY = "jumpa.theme";
const THEMES = ["system", "light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

/** Kept in this browser; what stands in the page's head puts it there before the first paint. */
export const themeChoice = new KeptChoice<Theme>(KEY, THEMES);

/** Colour of the browser's own bars: the page names one for light and one for dark. */
function colourBars(theme: Theme): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
    const scheme = meta.dataset["scheme"] ?? "light";
    const chosen = scheme === theme ? "all" : "not all";
    meta.media = theme === "system" ? `(prefers-color-scheme: ${scheme})` : chosen;
  }
}

effect(() => {
  const theme = themeChoice.now.value;
  if (theme === "system") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = theme;
  }
  colourBars(theme);
});

addEventListener("storage", ({ key, newValue }) => {
  const theme = THEMES.find((one) => one === (newValue ?? "system"));
  if (key === KEY && theme !== undefined) {
    themeChoice.choose(theme);
  }
});
