/** A time of day, kept when somebody has finished to choose it. */

import { useId } from "preact/hooks";

export interface TimeFieldProps {
  label: string;
  /** "22:00". */
  value: string;
  onValue: (value: string) => void;
}

/** The field; one that was emptied goes back to what it was. */
export function TimeField({ label, value, onValue }: TimeFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="time"
        class="input"
        required
        value={value}
        onBlur={(event) => {
          const field = event.currentTarget;
          if (field.value === "") {
            field.value = value;
          } else if (field.value !== value) {
            onValue(field.value);
          }
        }}
      />
    </div>
  );
}
