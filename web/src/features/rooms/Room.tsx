/** The page of one room: its link, what is in it, who belongs to it, and how it is run. */

import "@/features/rooms/rooms.css";
import { DoorOpen } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { createLoading } from "@/api/asking";
import { Contents } from "@/features/rooms/Contents";
import { CopyPlace } from "@/features/rooms/CopyPlace";
import { Members } from "@/features/rooms/Members";
import { Rename } from "@/features/rooms/Rename";
import { Rules } from "@/features/rooms/Rules";
import { roomsText } from "@/features/rooms/strings";
import { moderates, type Visit, visitRoom } from "@/features/rooms/visit";
import { Button } from "@/ui/Button";
import { usePage } from "@/ui/page";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

export interface RoomProps {
  code: string;
  ownId: string;
  /** Addresses at which calendars read the room's meetings. */
  calendars: ComponentChildren;
  /** The dialog that sets up a room. */
  settings: (isHost: boolean, onClose: () => void) => ComponentChildren;
}

/** The page, as soon as the room is there. */
export function Room({ code, ownId, calendars, settings }: RoomProps) {
  const text = roomsText();
  const loading = useMemo(() => createLoading(() => visitRoom(code)), [code]);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  return (
    <>
      <a class="rooms-back" href="/rooms">
        {text.back}
      </a>
      {loaded.name === "ready" ? (
        <Whole
          visit={loaded.value}
          ownId={ownId}
          calendars={calendars}
          settings={settings}
          onChanged={() => void loading.load()}
        />
      ) : (
        <section class="card rooms-card" aria-label={code}>
          {loaded.name === "loading" ? (
            <SkeletonRows />
          ) : (
            <Trouble text={loaded.error} onRetry={() => void loading.load()} />
          )}
        </section>
      )}
    </>
  );
}

interface WholeProps extends Pick<RoomProps, "ownId" | "calendars" | "settings"> {
  visit: Visit;
  onChanged: () => void;
}

function Whole({ visit, ownId, calendars, settings, onChanged }: WholeProps) {
  const text = roomsText();
  const [doing, setDoing] = useState<"nothing" | "setting" | "renaming">("nothing");
  const { room, known } = visit;
  const isHost = known?.details.is_host === true;
  const isModerator = known !== undefined && moderates(known, ownId);
  const rest = () => {
    setDoing("nothing");
    onChanged();
  };
  return (
    <>
      <Head visit={visit}>
        {isHost && (
          <Button kind="plain" onClick={() => setDoing("renaming")}>
            {text.rename}
          </Button>
        )}
        {isModerator && !room.ended && (
          <Button onClick={() => setDoing("setting")}>{text.rules}</Button>
        )}
      </Head>
      {known === undefined ? (
        <section class="card rooms-card">
          <h2 class="section-title">{text.strange}</h2>
          <p class="rooms-note">{text.strangeLine}</p>
        </section>
      ) : (
        <div class="rooms-columns">
          <Contents known={known} isModerator={isModerator} isHost={isHost} />
          <div class="rooms-side">
            <Members members={known.members} />
            <Rules known={known} />
            {isHost && calendars}
          </div>
        </div>
      )}
      {doing === "setting" && settings(isHost, rest)}
      {doing === "renaming" && known !== undefined && (
        <Rename
          known={known}
          onClose={rest}
          onStale={onChanged}
          onGone={() => location.assign("/rooms")}
        />
      )}
    </>
  );
}

function Head({ visit, children }: { visit: Visit; children: ComponentChildren }) {
  const text = roomsText();
  const { room, known } = visit;
  const title = room.title === "" ? text.untitled : room.title;
  const heading = usePage(title);
  const host = known?.members.find(({ role }) => role === "host");
  const about = known?.details.description ?? "";
  return (
    <section class="card rooms-head" aria-label={title}>
      <span class="rooms-petal" aria-hidden="true">
        <DoorOpen size={30} strokeWidth={1.6} />
      </span>
      <div class="rooms-about">
        <div class="rooms-name">
          <h1 ref={heading} tabIndex={-1} class="page-title" dir="auto">
            {title}
          </h1>
          {room.participant_count > 0 && (
            <span class="rooms-inside">{text.inside(room.participant_count)}</span>
          )}
        </div>
        {about !== "" && <p dir="auto">{about}</p>}
        {host !== undefined && (
          <p class="rooms-note">{text.ownedBy(`${host.first_name} ${host.last_name}`)}</p>
        )}
        {room.ended ? <p class="rooms-note">{text.closed}</p> : <CopyPlace code={room.code} />}
      </div>
      <div class="rooms-doings">
        {children}
        {!room.ended && (
          <a class="button button-primary button-large" href={`/${room.code}`}>
            {text.enter}
          </a>
        )}
      </div>
    </section>
  );
}
