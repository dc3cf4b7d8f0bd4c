/** A password with its label, and a button that shows what was typed. */

import { Eye, EyeOff } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { IconButton } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { uiText } from "@/ui/strings";

export interface PasswordFieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** `current-password` offers the kept one, `new-password` a made one, `off` is for what is not one's own. */
  autoComplete: "current-password" | "new-password" | "off";
  hint?: string;
  error?: string | undefined;
  /** Stands at the end of the label's line; the key Tab comes to the password first. */
  aside?: ComponentChildren;
}

/** One labelled password. */
export function PasswordField(props: PasswordFieldProps) {
  const { label, value, onValue, autoComplete, hint, error, aside } = props;
  const id = useId();
  const [isShown, setShown] = useState(false);
  const note = error ?? hint;
  const text = uiText();
  return (
    <div class="field field-password">
      <label class="field-label" for={id}>
        {label}
      </label>
      <div class="relative">
        <input
          id={id}
          // The typings have a shape for each type, and none for one of two.
          type={(isShown ? "text" : "password") as "text"}
          class="input pr-12"
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellcheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
        />
        <IconButton
          size="small"
          class="absolute top-1/2 right-1 -translate-y-1/2"
          label={isShown ? text.hidePassword : text.showPassword}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? (
            <EyeOff size={18} strokeWidth={1.75} aria-hidden="true" />
          ) : (
            <Eye size={18} strokeWidth={1.75} aria-hidden="true" />
          )}
        </IconButton>
      </div>
      {aside !== undefined && <div class="field-aside">{aside}</div>}
      {note !== undefined && (
        <FieldNote id={`${id}-note`} text={note} isError={error !== undefined} />
      )}
    </div>
  );
}
