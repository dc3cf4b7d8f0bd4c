/** What is over in a room: its meetings, and for those who run it who came when. */

import { useEffect, useMemo } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { fetchStays, listStays, type Stay } from "@/api/own-room";
import { createPaging } from "@/api/paging";
import { roomsText } from "@/features/rooms/strings";
import { TimeRow } from "@/features/rooms/TimeRow";
import { listPast } from "@/features/rooms/times";
import { formatMoment } from "@/i18n/format";
import { saveFile } from "@/lib/save-file";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

const MINUTE_S = 60;

export interface HistoryProps {
  code: string;
  /** When the room was made. */
  since: string;
  isModerator: boolean;
}

/** The lists. */
export function History({ code, since, isModerator }: HistoryProps) {
  return (
    <>
      <Held code={code} since={since} />
      {isModerator && <Visits code={code} />}
    </>
  );
}

function Held({ code, since }: { code: string; since: string }) {
  const text = roomsText();
  const list = useMemo(() => {
    const now = Date.now();
    return createPaging((cursor) => listPast(code, Date.parse(since), now, cursor));
  }, [code, since]);
  useEffect(() => void list.pages.load(), [list]);
  const loaded = list.pages.state.value;
  return (
    <section class="rooms-part" aria-labelledby="held">
      <h3 id="held" class="rooms-part-title">
        {text.held}
      </h3>
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void list.pages.load()} />
      )}
      {loaded.name === "ready" && loaded.value.items.length === 0 && (
        <p class="rooms-note">{text.noHistory}</p>
      )}
      {loaded.name === "ready" && loaded.value.items.length > 0 && (
        <ul>
          {loaded.value.items.map((one) => (
            <TimeRow key={`${one.meeting_id} ${one.recurrence}`} planned={one} />
          ))}
        </ul>
      )}
      <More id="held-error" label={text.earlier} list={list} />
    </section>
  );
}

function Visits({ code }: { code: string }) {
  const text = roomsText();
  const list = useMemo(() => createPaging((cursor) => listStays(code, cursor)), [code]);
  const saving = useMemo(createAsking, []);
  useEffect(() => void list.pages.load(), [list]);
  const loaded = list.pages.state.value;
  const save = () => saving.run(async () => saveFile(await fetchStays(code), `${code}.csv`));
  const error = saving.error.value;
  return (
    <section class="rooms-part" aria-labelledby="visits">
      <div class="rooms-part-head">
        <h3 id="visits" class="rooms-part-title">
          {text.visits}
        </h3>
        <Button
          size="small"
          busy={saving.isBusy.value && text.downloading}
          onClick={() => void save()}
        >
          {text.csv}
        </Button>
      </div>
      {error !== undefined && <FieldNote id="visits-csv-error" text={error} isError />}
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void list.pages.load()} />
      )}
      {loaded.name === "ready" && loaded.value.items.length === 0 && (
        <p class="rooms-note">{text.noVisits}</p>
      )}
      {loaded.name === "ready" && loaded.value.items.length > 0 && (
        <ul>
          {loaded.value.items.map((stay) => (
            <li key={`${stay.name} ${stay.joined_at}`} class="rooms-member">
              <Avatar name={stay.name} identity={stay.user_id ?? stay.name} />
              <span class="rooms-words">
                <strong dir="auto">{stay.name}</strong>
                <span>{stayWords(stay)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <More id="visits-error" label={text.more} list={list} />
    </section>
  );
}

function stayWords({ joined_at: joined, duration_s: seconds }: Stay): string {
  const text = roomsText();
  const long = seconds === null ? text.stillInside : text.minutes(Math.round(seconds / MINUTE_S));
  return `${formatMoment(new Date(joined))} · ${long}`;
}
