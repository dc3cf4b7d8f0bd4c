/** A field in which one of several is chosen. */

import { useId } from "preact/hooks";
import { FieldNote } from "@/ui/Field";

export interface ChoiceProps {
  label: string;
  hint?: string;
  value: string;
  /** What is sent and what is read. */
  options: readonly (readonly [string, string])[];
  onValue: (value: string) => void;
}

/** One of several. */
export function Choice({ label, hint, value, options, onValue }: ChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="input"
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
      {hint !== undefined && <FieldNote id={`${id}-note`} text={hint} isError={false} />}
    </div>
  );
}
