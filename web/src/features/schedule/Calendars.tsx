/** Secret addresses that other calendars read: made, shown once, and taken back. */

import "@/features/schedule/schedule.css";
import "@/features/schedule/meeting.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking, createLoading } from "@/api/asking";
import {
  type CalendarFeed,
  createCalendar,
  listCalendars,
  type NewCalendarFeed,
  takeBackCalendar,
} from "@/api/calendars";
import { CardRows } from "@/features/schedule/CardRows";
import { CopyLine } from "@/features/schedule/CopyLine";
import { calendarText } from "@/features/schedule/calendar-strings";
import { formatMoment } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";

/** The card: all addresses, or those of one room. */
export function Calendars({ room }: { room?: string }) {
  const text = calendarText();
  const loading = useMemo(
    () =>
      createLoading(async () => {
        const all = await listCalendars();
        return room === undefined ? all : all.filter(({ room_code }) => room_code === room);
      }),
    [room],
  );
  const [asking, ending] = useMemo(() => [createAsking(), createAsking()] as const, []);
  const [made, setMade] = useState<NewCalendarFeed | undefined>();
  const [endingId, setEndingId] = useState("");
  useEffect(() => void loading.load(), [loading]);
  const make = () =>
    asking.run(async () => {
      setMade(await createCalendar(room ?? ""));
      await loading.load();
    });
  const takeBack = (id: string) => {
    setEndingId(id);
    void ending.run(async () => {
      await takeBackCalendar(id);
      setMade((shown) => (shown?.id === id ? undefined : shown));
      await loading.load();
    });
  };
  const error = asking.error.value ?? ending.error.value;
  return (
    <section class="card schedule-card" aria-labelledby="calendars">
      <div class="schedule-head">
        <h2 id="calendars" class="section-title grow">
          {text.title}
        </h2>
        <Button
          kind="soft"
          size="small"
          busy={asking.isBusy.value && text.creating}
          onClick={() => void make()}
        >
          {text.create}
        </Button>
      </div>
      <p class="schedule-note">{room === undefined ? text.line : text.roomLine}</p>
      {error !== undefined && <FieldNote id="calendars-error" text={error} isError />}
      {made !== undefined && (
        <div class="schedule-made">
          <p>{text.shownOnce}</p>
          <CopyLine address={made.url} />
        </div>
      )}
      <CardRows
        loading={loading}
        none={text.none}
        rowOf={(feed) => (
          <Row
            key={feed.id}
            feed={feed}
            isBusy={ending.isBusy.value && endingId === feed.id}
            onTakeBack={() => takeBack(feed.id)}
          />
        )}
      />
    </section>
  );
}

interface RowProps {
  feed: CalendarFeed;
  isBusy: boolean;
  onTakeBack: () => void;
}

function Row({ feed, isBusy, onTakeBack }: RowProps) {
  const text = calendarText();
  const name = feed.room_code === "" ? text.all : text.ofRoom(feed.room_code);
  return (
    <li class="schedule-person">
      <span class="schedule-words">
        <strong>{name}</strong>
        <span>{text.made(formatMoment(new Date(feed.created_at)))}</span>
      </span>
      <Button
        kind="plain"
        size="small"
        aria-label={text.takeBackOne(name)}
        busy={isBusy && text.takingBack}
        onClick={onTakeBack}
      >
        {text.takeBack}
      </Button>
    </li>
  );
}
