/** A field in which the letters of all pages are chosen. */

import { typefaceChoice } from "@/lib/typeface";
import { Choice } from "@/ui/Choice";
import { uiText } from "@/ui/strings";

/** Changes them at once, and keeps the choice in this browser. */
export function TypefaceField() {
  const { typeface, typefaceHint, typefaces } = uiText();
  return (
    <Choice
      label={typeface}
      hint={typefaceHint}
      value={typefaceChoice.now.value}
      options={typefaceChoice.choices.map((one) => [one, typefaces[one]])}
      onValue={(value) => {
        const chosen = typefaceChoice.choices.find((one) => one === value);
        if (chosen !== undefined) {
          typefaceChoice.choose(chosen);
        }
      }}
    />
  );
}
