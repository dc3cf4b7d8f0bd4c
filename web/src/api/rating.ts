/** How a meeting sounded and looked, said as who one was there. */

import type { RoomAccess } from "@/api/room-access";
import type { components } from "@/api/schema.gen";

/** Body of PUT /api/v1/rooms/{code}/rating. */
export type Rating = Required<components["schemas"]["RatingSent"]>;
export type SendRating = (rating: Rating) => Promise<void>;

/** Says it of the last stay in the room that the access opens; again replaces it. */
export function openRating({ ask }: RoomAccess): SendRating {
  return (rating) => ask({ method: "PUT", path: "/rating", body: rating });
}
