/** What became of a meeting after one left it. */

import type { RoomView } from "@/api/rooms";

export type Afterwards = "unknown" | "running" | "empty" | "ended";

/** Ask once; a server that does not answer leaves it open. */
export async function readAfterwards(look: () => Promise<RoomView>): Promise<Afterwards> {
  try {
    const room = await look();
    if (room.ended) {
      return "ended";
    }
    return room.participant_count > 0 ? "running" : "empty";
  } catch {
    return "unknown";
  }
}
