/** Who belongs to a room, as what. */

import type { Member } from "@/api/own-room";
import { roomsText } from "@/features/rooms/strings";
import { fullName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";

/** The card. */
export function Members({ members }: { members: readonly Member[] }) {
  const text = roomsText();
  return (
    <section class="card rooms-card" aria-labelledby="members">
      <h2 id="members" class="section-title">
        {text.members} <span class="rooms-count">{members.length}</span>
      </h2>
      <ul>
        {members.map((one) => (
          <li key={one.user_id} class="rooms-member">
            <Avatar name={fullName(one)} identity={one.user_id} />
            <span class="rooms-words">
              <strong dir="auto">{fullName(one)}</strong>
              <span>
                {one.is_inside
                  ? `${text.roles[one.role]} · ${text.isInside}`
                  : text.roles[one.role]}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
