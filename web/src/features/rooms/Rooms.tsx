/** The list of one's rooms, with the next meeting of each. */

import "@/features/rooms/rooms.css";
import { useEffect, useMemo } from "preact/hooks";
import { createLoading } from "@/api/asking";
import type { Occurrence } from "@/api/meetings";
import { createPaging } from "@/api/paging";
import { listOwnRooms, type OwnRoom } from "@/api/rooms";
import { roomsText } from "@/features/rooms/strings";
import { listAhead, nextByRoom } from "@/features/rooms/times";
import { formatMoment } from "@/i18n/format";
import { Mark } from "@/ui/Mark";
import { usePage } from "@/ui/page";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

/** The page. */
export function Rooms() {
  const text = roomsText();
  const heading = usePage(text.title);
  const list = useMemo(() => createPaging(listOwnRooms), []);
  const ahead = useMemo(() => createLoading(() => listAhead(Date.now())), []);
  useEffect(() => {
    void list.pages.load();
    void ahead.load();
  }, [list, ahead]);
  const loaded = list.pages.state.value;
  // A list without what comes next is worth more than none.
  const planned = ahead.state.value;
  const next = nextByRoom(planned.name === "ready" ? planned.value : []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {text.title}
      </h1>
      <p class="rooms-line mt-1">{text.line}</p>
      <section class="card rooms-card" aria-label={text.title}>
        {loaded.name === "loading" && <SkeletonRows />}
        {loaded.name === "failed" && (
          <Trouble text={loaded.error} onRetry={() => void list.pages.load()} />
        )}
        {loaded.name === "ready" && loaded.value.items.length === 0 && <Nothing />}
        {loaded.name === "ready" && loaded.value.items.length > 0 && (
          <ul>
            {loaded.value.items.map((room) => (
              <Row key={room.code} room={room} next={next.get(room.code)} />
            ))}
          </ul>
        )}
        <More id="rooms-error" label={text.more} list={list} />
      </section>
    </>
  );
}

function Nothing() {
  const text = roomsText();
  return (
    <div class="rooms-nothing">
      <Mark size={64} />
      <h2 class="section-title">{text.empty}</h2>
      <p>{text.emptyLine}</p>
    </div>
  );
}

function Row({ room, next }: { room: OwnRoom; next: Occurrence | undefined }) {
  const text = roomsText();
  const title = room.title === "" ? text.untitled : room.title;
  const facts = [
    room.is_host ? text.host : text.guest,
    room.ended_at === null ? "" : text.over,
    next === undefined ? "" : text.next(formatMoment(new Date(next.starts_at))),
  ];
  return (
    <li class="rooms-row">
      <span class="rooms-words">
        <a class="rooms-title" href={`/rooms/${room.code}`} dir="auto">
          {title}
        </a>
        <span>{facts.filter((fact) => fact !== "").join(" · ")}</span>
      </span>
      {room.ended_at === null && (
        <a
          class="button button-soft button-small"
          href={`/${room.code}`}
          aria-label={text.enterRoom(title)}
        >
          {text.enter}
        </a>
      )}
    </li>
  );
}
