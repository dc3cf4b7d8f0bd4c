/** Both languages side by side, the one of now pressed. */

import { chooseLocale, locale } from "@/i18n/locale";
import { uiText } from "@/ui/strings";

/** Switches the words at once, and keeps the choice in this browser. */
export function LanguageSegments() {
  return (
    <fieldset class="segments" aria-label={uiText().language}>
      {(["id", "en"] as const).map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-label={one === "id" ? "ID, Bahasa Indonesia" : "EN, English"}
          aria-pressed={locale.value === one}
          onClick={() => chooseLocale(one)}
        >
          {one.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}
