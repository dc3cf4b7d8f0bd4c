/** Day, times, zone and repetition of a meeting that is planned. */

import { useId } from "preact/hooks";
import {
  type Draft,
  type DraftFault,
  firstShown,
  type Repeat,
  repeatsOf,
} from "@/features/schedule/draft";
import { scheduleText } from "@/features/schedule/strings";
import { formatWeekday } from "@/i18n/format";
import { FieldNote } from "@/ui/Field";

const KNOWN_ZONES = Intl.supportedValuesOf("timeZone");

export interface WhenProps {
  draft: Draft;
  faults: readonly DraftFault[];
  onChange: (changed: Partial<Draft>) => void;
}

/** The fields. */
export function When({ draft, faults, onChange }: WhenProps) {
  const text = scheduleText();
  const missing = (fault: DraftFault) => (faults.includes(fault) ? text.missing : undefined);
  const repeats = repeatsOf(draft);
  const moveTo = (day: string) => {
    const isLeft = repeatsOf({ ...draft, day }).includes(draft.repeat);
    onChange({ day, repeat: isLeft ? draft.repeat : "once" });
  };
  return (
    <>
      <div class="schedule-when">
        <Picked
          type="date"
          label={text.day}
          value={draft.day}
          onValue={moveTo}
          error={missing("day")}
        />
        <Picked
          type="time"
          label={text.from}
          value={draft.start}
          onValue={(start) => onChange({ start })}
          error={missing("start")}
        />
        <Picked
          type="time"
          label={text.until}
          value={draft.end}
          onValue={(end) => onChange({ end })}
          error={missing("end")}
        />
      </div>
      <div class="schedule-how">
        <Choice
          label={text.zone}
          value={draft.zone}
          options={zones(draft.zone).map((zone) => [zone, zone.replaceAll("_", " ")])}
          onValue={(zone) => onChange({ zone })}
        />
        <Choice
          label={text.repeat}
          value={draft.repeat}
          options={repeats.map((repeat) => [repeat, repeatWords(draft, repeat)])}
          onValue={(repeat) => onChange({ repeat: repeat as Repeat })}
        />
      </div>
    </>
  );
}

/** How often, in words. */
export function repeatWords(draft: Draft, repeat: Repeat): string {
  const day = firstShown(draft);
  return draft.day === ""
    ? scheduleText().repeats.once()
    : scheduleText().repeats[repeat](formatWeekday(day), day.getUTCDate());
}

/** Those that the browser knows, with the own one in any case. */
function zones(own: string): string[] {
  return KNOWN_ZONES.includes(own) ? KNOWN_ZONES : [own, ...KNOWN_ZONES];
}

interface PickedProps {
  type: "date" | "time";
  label: string;
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
}

function Picked({ label, onValue, error, ...given }: PickedProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        {...given}
        id={id}
        class="input"
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-note`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {error !== undefined && <FieldNote id={`${id}-note`} text={error} isError />}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: [string, string][];
  onValue: (value: string) => void;
}

function Choice({ label, value, options, onValue }: ChoiceProps) {
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
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
