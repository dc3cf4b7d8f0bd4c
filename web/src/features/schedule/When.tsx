/** Day, times and zone of a meeting that is planned. */

import type { Draft, DraftFault } from "@/features/schedule/draft";
import { movedTo } from "@/features/schedule/rule";
import { scheduleText } from "@/features/schedule/strings";
import { Choice } from "@/ui/Choice";
import { Picked } from "@/ui/Picked";

const KNOWN_ZONES = Intl.supportedValuesOf("timeZone");

export interface WhenProps {
  draft: Draft;
  faults: readonly DraftFault[];
  /** Whether the zone can be another one. */
  hasZone: boolean;
  onChange: (changed: Partial<Draft>) => void;
}

/** The fields. */
export function When({ draft, faults, hasZone, onChange }: WhenProps) {
  const text = scheduleText();
  const missing = (fault: DraftFault) => (faults.includes(fault) ? text.missing : undefined);
  const moveTo = (day: string) =>
    onChange(day === "" ? { day } : { day, repetition: movedTo(draft.repetition, draft.day, day) });
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
      {hasZone && (
        <Choice
          label={text.zone}
          value={draft.zone}
          options={zones(draft.zone).map((zone) => [zone, zone.replaceAll("_", " ")])}
          onValue={(zone) => onChange({ zone })}
        />
      )}
    </>
  );
}

/** Those that the browser knows, with the own one in any case. */
function zones(own: string): string[] {
  return KNOWN_ZONES.includes(own) ? KNOWN_ZONES : [own, ...KNOWN_ZONES];
}
