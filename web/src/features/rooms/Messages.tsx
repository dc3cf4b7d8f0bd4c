/** What was written in a room, newest first. */

import { useEffect, useMemo } from "preact/hooks";
import { listMessages } from "@/api/own-room";
import { createPaging } from "@/api/paging";
import { roomsText } from "@/features/rooms/strings";
import { formatMoment } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

/** The list. */
export function Messages({ code }: { code: string }) {
  const text = roomsText();
  const list = useMemo(() => createPaging((cursor) => listMessages(code, "all", cursor)), [code]);
  useEffect(() => void list.pages.load(), [list]);
  const loaded = list.pages.state.value;
  return (
    <>
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void list.pages.load()} />
      )}
      {loaded.name === "ready" && loaded.value.items.length === 0 && (
        <p class="rooms-note">{text.noMessages}</p>
      )}
      {loaded.name === "ready" && loaded.value.items.length > 0 && (
        <ul>
          {loaded.value.items.map((one) => (
            <li key={one.id} class="rooms-member rooms-message">
              <Avatar name={one.name} identity={one.user_id ?? one.identity} />
              <span class="rooms-words">
                <span>
                  <strong dir="auto">{one.name}</strong>
                  {` · ${formatMoment(new Date(one.created_at))}`}
                </span>
                <span class="rooms-said" dir="auto">
                  {one.is_deleted ? text.deleted : (one.file?.name ?? one.message)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <More id="messages-error" label={text.more} list={list} />
    </>
  );
}
