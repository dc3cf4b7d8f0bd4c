/** Fields that the browser draws: days, times, numbers. */

import { useId } from "preact/hooks";
import { formatDay } from "@/i18n/format";
import { FieldNote } from "@/ui/Field";

export interface PickedProps {
  type: "date" | "time" | "number";
  label: string;
  value: string;
  onValue: (value: string) => void;
  error?: string | undefined;
  min?: string;
  max?: string;
}

/** Years of more figures are slips, and no clock knows them. */
const LAST_DAY = "9999-12-31";

/** A day, a time or a number; a day is said in words as well, since the field speaks the browser's language. */
export function Picked({ label, onValue, error, ...given }: PickedProps) {
  const id = useId();
  const isDay = given.type === "date";
  const note = error ?? (isDay ? inWords(given.value) : undefined);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        {...(isDay && { max: LAST_DAY })}
        {...given}
        id={id}
        class="input"
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {note !== undefined && (
        <FieldNote id={`${id}-note`} text={note} isError={error !== undefined} />
      )}
    </div>
  );
}

/** The day as the page's language writes it; undefined while it is half typed. */
function inWords(day: string): string | undefined {
  const noon = new Date(`${day}T12:00Z`);
  return Number.isNaN(noon.getTime()) ? undefined : formatDay(noon, "UTC");
}
