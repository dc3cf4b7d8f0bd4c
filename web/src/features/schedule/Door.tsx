/** Where a meeting is held, and who comes in when. */

import { useEffect, useMemo } from "preact/hooks";
import { createLoading } from "@/api/asking";
import { listOwnRooms } from "@/api/rooms";
import type { Draft } from "@/features/schedule/draft";
import { scheduleText } from "@/features/schedule/strings";
import { Choice } from "@/ui/Choice";
import { Switch } from "@/ui/Switch";

const MINUTES = ["0", "5", "10", "15", "30", "60"];

export interface DoorProps {
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
}

/** The fields of a new meeting. */
export function Door({ draft, onChange }: DoorProps) {
  const text = scheduleText();
  const rooms = useMemo(() => createLoading(() => listOwnRooms()), []);
  useEffect(() => void rooms.load(), [rooms]);
  const loaded = rooms.state.value;
  // Without an answer a new room is offered, which is what most want.
  const own =
    loaded.name === "ready"
      ? loaded.value.items.filter((one) => one.is_host && one.ended_at === null)
      : [];
  const options = own.map(
    (one) => [one.code, one.title === "" ? one.code : `${one.title} · ${one.code}`] as const,
  );
  const isKnown = draft.room === "" || own.some(({ code }) => code === draft.room);
  return (
    <>
      <div class="schedule-how">
        <Choice
          label={text.room}
          value={draft.room}
          options={[
            ["", text.newRoom],
            ...options,
            ...(isKnown ? [] : [[draft.room, draft.room] as const]),
          ]}
          onValue={(room) => onChange({ room })}
        />
        <Opening draft={draft} onChange={onChange} />
      </div>
      <Switch
        label={text.waitingRoom}
        hint={text.waitingRoomHint}
        isOn={draft.hasWaitingRoom}
        onTurn={(hasWaitingRoom) => onChange({ hasWaitingRoom })}
      />
    </>
  );
}

/** How early people may come in. */
export function Opening({ draft, onChange }: DoorProps) {
  const text = scheduleText();
  const { opensBefore } = draft;
  const known = ["", ...MINUTES];
  const choices = known.includes(opensBefore) ? known : [...known, opensBefore];
  return (
    <Choice
      label={text.opens}
      value={opensBefore}
      options={choices.map((minutes) => [minutes, openingWords(minutes)])}
      onValue={(chosen) => onChange({ opensBefore: chosen })}
    />
  );
}

/** How early people may come in, in words. */
export function openingWords(minutes: string): string {
  const text = scheduleText();
  if (minutes === "") {
    return text.opensAnytime;
  }
  return minutes === "0" ? text.opensAtStart : text.opensBefore(Number(minutes));
}
