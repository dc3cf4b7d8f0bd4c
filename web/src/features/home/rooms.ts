/** Rooms of somebody who is signed in, page by page. */

import { createPaging, type Page, type Paging } from "@/api/paging";
import type { OwnRoom } from "@/api/rooms";

export interface RoomList extends Omit<Paging<OwnRoom>, "pages"> {
  rooms: Paging<OwnRoom>["pages"];
}

/** State of one visit to the list. */
export function createRoomList(list: (cursor?: string) => Promise<Page<OwnRoom>>): RoomList {
  const { pages, ...rest } = createPaging(list);
  return { rooms: pages, ...rest };
}
