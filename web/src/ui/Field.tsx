/** A text field with its label, hint and error, tied together for the screen reader. */

import { CircleAlert } from "lucide-preact";
import { useId } from "preact/hooks";
import { classes } from "@/lib/class";

export interface FieldProps {
  label: string;
  /** Hides the label from view where the placeholder and place already say it. */
  labelHidden?: boolean;
  hint?: string;
  error?: string | undefined;
  size?: "normal" | "large";
  value: string;
  onValue: (value: string) => void;
  type?: "text" | "email" | "search";
  name?: string;
  placeholder?: string;
  maxLength?: number;
  autoComplete?: string;
  inputMode?: "numeric" | "email";
  autoFocus?: boolean;
  class?: string;
}

/** One labelled line of text. */
export function Field(props: FieldProps) {
  const { label, labelHidden = false, hint, error, size = "normal", onValue, ...given } = props;
  const { type = "text", ...rest } = given;
  const id = useId();
  const note = error ?? hint;
  return (
    <div class="field">
      <label class={labelHidden ? "sr-only" : "field-label"} for={id}>
        {label}
      </label>
      <input
        {...rest}
        // The typings have a shape for each type, and none for one of several.
        type={type as "text"}
        id={id}
        onInput={(event) => onValue(event.currentTarget.value)}
        class={classes("input", size === "large" && "input-large", props.class)}
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note !== undefined && (
        <FieldNote id={`${id}-note`} text={note} isError={error !== undefined} />
      )}
    </div>
  );
}

/** The line below a field: a hint, or what is wrong. */
export function FieldNote({ id, text, isError }: { id: string; text: string; isError: boolean }) {
  if (!isError) {
    return (
      <span id={id} class="field-hint">
        {text}
      </span>
    );
  }
  return (
    <span id={id} class="field-error" role="alert">
      <CircleAlert size={16} strokeWidth={2} aria-hidden="true" />
      {text}
    </span>
  );
}
