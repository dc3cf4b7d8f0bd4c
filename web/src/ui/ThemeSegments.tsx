/** Light, dark, or as the device has it: side by side, the one of now pressed. */

import { Monitor, Moon, Sun } from "lucide-preact";
import { themeChoice } from "@/lib/theme";
import { uiText } from "@/ui/strings";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Changes the look at once, and keeps the choice in this browser. */
export function ThemeSegments({ withWords = false }: { withWords?: boolean }) {
  const { theme, themes } = uiText();
  return (
    <fieldset class="segments" aria-label={theme}>
      {themeChoice.choices.map((one) => {
        const Icon = ICONS[one];
        return (
          <button
            key={one}
            type="button"
            aria-label={withWords ? undefined : themes[one]}
            title={withWords ? undefined : themes[one]}
            aria-pressed={themeChoice.now.value === one}
            onClick={() => themeChoice.choose(one)}
          >
            <Icon size={16} strokeWidth={2} aria-hidden="true" />
            {withWords && themes[one]}
          </button>
        );
      })}
    </fieldset>
  );
}
