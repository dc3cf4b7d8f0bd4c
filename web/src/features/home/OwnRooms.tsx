/** The list of rooms that one hosts or was in. */

import type { Occurrence } from "@/api/meetings";
import type { Paging } from "@/api/paging";
import type { OwnRoom } from "@/api/rooms";
import { homeText } from "@/features/home/strings";
import { formatMoment } from "@/i18n/format";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

export interface OwnRoomsProps {
  list: Paging<OwnRoom>;
  /** What is planned, in order. */
  next?: readonly Occurrence[];
}

/** The card; where there are no rooms yet it is left out. */
export function OwnRooms({ list, next = [] }: OwnRoomsProps) {
  const text = homeText();
  const loaded = list.pages.state.value;
  if (loaded.name === "ready" && loaded.value.items.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="own-rooms">
      <div class="home-head">
        <h2 id="own-rooms" class="section-title">
          {text.rooms}
        </h2>
      </div>
      <div class="card home-card">
        {loaded.name === "loading" && <SkeletonRows />}
        {loaded.name === "failed" && (
          <Trouble text={loaded.error} onRetry={() => void list.pages.load()} />
        )}
        {loaded.name === "ready" && (
          <ul>
            {loaded.value.items.map((room) => (
              <RoomRow
                key={room.code}
                room={room}
                next={next.find(({ room_code }) => room_code === room.code)}
              />
            ))}
          </ul>
        )}
        <More id="rooms-error" label={text.more} list={list} />
      </div>
    </section>
  );
}

interface RoomRowProps {
  room: OwnRoom;
  next: Occurrence | undefined;
}

function RoomRow({ room, next }: RoomRowProps) {
  const text = homeText();
  const title = room.title === "" ? text.untitled : room.title;
  const role = room.is_host ? text.host : text.guest;
  return (
    <li class="home-room">
      <span class="home-room-words">
        <a class="home-title" href={`/rooms/${room.code}`} dir="auto">
          {title}
        </a>
        <span>
          {next === undefined
            ? text.roomLine(formatMoment(new Date(room.created_at)), role)
            : text.nextLine(formatMoment(new Date(next.starts_at)), role)}
        </span>
      </span>
      {room.ended_at === null ? (
        <a
          class="button button-soft button-small"
          href={`/${room.code}`}
          aria-label={text.enterRoom(title)}
        >
          {text.enter}
        </a>
      ) : (
        <span class="home-over">{text.over}</span>
      )}
    </li>
  );
}
