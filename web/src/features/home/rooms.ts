/** Rooms of somebody who is signed in, page by page. */

import { type Asking, createAsking, createLoading, type Loading } from "@/api/asking";
import type { OwnRoom } from "@/api/rooms";

export interface RoomPage {
  items: OwnRoom[];
  next_cursor?: string | null;
}

export interface RoomList {
  rooms: Loading<RoomPage>;
  loadingMore: Asking;
  more: () => Promise<void>;
}

/** State of one visit to the list. */
export function createRoomList(list: (cursor?: string) => Promise<RoomPage>): RoomList {
  const rooms = createLoading(() => list());
  const loadingMore = createAsking();
  async function more(): Promise<void> {
    const state = rooms.state.peek();
    const cursor = state.name === "ready" ? state.value.next_cursor : undefined;
    if (cursor) {
      await loadingMore.run(async () => {
        const next = await list(cursor);
        rooms.change(({ items }) => ({ ...next, items: [...items, ...next.items] }));
      });
    }
  }
  return { rooms, loadingMore, more };
}
