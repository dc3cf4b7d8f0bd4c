/** The field in which the agenda of a meeting is written. */

import { useId } from "preact/hooks";
import { scheduleText } from "@/features/schedule/strings";

export interface AgendaFieldProps {
  value: string;
  onValue: (value: string) => void;
}

/** The field. */
export function AgendaField({ value, onValue }: AgendaFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {scheduleText().agenda}
      </label>
      <textarea
        id={id}
        class="input schedule-agenda"
        rows={4}
        maxLength={3000}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}
