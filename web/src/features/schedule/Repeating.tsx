/** How often a meeting comes again, on which days, and until when. */

import type { Draft, DraftFault } from "@/features/schedule/draft";
import { repeatWords } from "@/features/schedule/repeat-words";
import {
  type Ends,
  type Repeat,
  type Repetition,
  repeatsOn,
  WEEKDAYS,
  type Weekday,
  weekdayOf,
  weekdaysOf,
} from "@/features/schedule/rule";
import { scheduleText } from "@/features/schedule/strings";
import { formatWeekday } from "@/i18n/format";
import { Choice } from "@/ui/Choice";
import { Picked } from "@/ui/Picked";

export interface RepeatingProps {
  draft: Draft;
  faults: readonly DraftFault[];
  onChange: (changed: Partial<Draft>) => void;
}

const ENDS: readonly Ends[] = ["never", "day", "times"];
// A Monday, for names of weekdays.
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The fields. */
export function Repeating({ draft, faults, onChange }: RepeatingProps) {
  const text = scheduleText();
  const { repetition, day } = draft;
  const change = (changed: Partial<Repetition>) =>
    onChange({ repetition: { ...repetition, ...changed } });
  if (day === "") {
    return null;
  }
  const { repeat, ends } = repetition;
  const hasEnd = repeat !== "once" && repeat !== "kept";
  return (
    <>
      <div class="schedule-how">
        <Choice
          label={text.repeat}
          value={repeat}
          options={repeatsOn(day, repeat).map((one) => [
            one,
            repeatWords({ ...repetition, repeat: one, weekdays: [], ends: "never" }, day),
          ])}
          onValue={(chosen) => change({ repeat: chosen as Repeat })}
        />
        {hasEnd && (
          <Choice
            label={text.ends}
            value={ends}
            options={ENDS.map((one) => [one, text.endChoices[one]])}
            onValue={(chosen) => change({ ends: chosen as Ends })}
          />
        )}
        {hasEnd && ends === "day" && (
          <Picked
            type="date"
            label={text.lastDay}
            value={repetition.lastDay}
            min={day}
            onValue={(lastDay) => change({ lastDay })}
            error={faults.includes("lastDay") ? text.lastDayWrong : undefined}
          />
        )}
        {hasEnd && ends === "times" && (
          <Picked
            type="number"
            label={text.times}
            value={repetition.times}
            min="1"
            max="1000"
            onValue={(times) => change({ times })}
            error={faults.includes("times") ? text.timesWrong : undefined}
          />
        )}
      </div>
      {(repeat === "weekly" || repeat === "fortnightly") && (
        <Weekdays
          chosen={weekdaysOf(repetition, day)}
          own={weekdayOf(day)}
          onChange={(weekdays) => change({ weekdays })}
        />
      )}
    </>
  );
}

interface WeekdaysProps {
  chosen: readonly Weekday[];
  /** That of the first day, which cannot be left out. */
  own: Weekday;
  onChange: (chosen: Weekday[]) => void;
}

function Weekdays({ chosen, own, onChange }: WeekdaysProps) {
  return (
    <fieldset class="schedule-weekdays">
      <legend class="field-label">{scheduleText().weekdays}</legend>
      {WEEKDAYS.map((one, index) => (
        <label key={one} class="schedule-weekday">
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            disabled={one === own}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...chosen, one]
                  : chosen.filter((other) => other !== one),
              )
            }
          />
          <span>{formatWeekday(new Date(MONDAY + index * DAY_MS))}</span>
        </label>
      ))}
    </fieldset>
  );
}
