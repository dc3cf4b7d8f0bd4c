/** Who is already in the room. */

import type { RoomView } from "@/api/rooms";
import { joinText } from "@/features/join/strings";
import { formatList, formatNumber } from "@/i18n/format";
import { locale } from "@/i18n/locale";
import { callName } from "@/lib/person";
import { Avatars } from "@/ui/Avatar";

const NAMED = 2;

/** The sentence about the people inside. */
export function insideSentence(room: RoomView): string {
  const text = joinText();
  const count = room.participant_count;
  if (count === 0) {
    return text.alone;
  }
  const names = room.participants.map(callName);
  if (names.length === 0) {
    return text.insideCount(formatNumber(count));
  }
  const shown = count <= names.length ? names : names.slice(0, NAMED);
  const rest = count - shown.length;
  const list = formatList(rest > 0 ? [...shown, text.others(formatNumber(rest))] : shown);
  const verb = locale.value === "en" ? (count === 1 ? " is" : " are") : "";
  return text.inside(list + verb);
}

/** Avatars and the sentence. */
export function Inside({ room }: { room: RoomView }) {
  const rest = Math.max(0, room.participant_count - room.participants.length);
  return (
    <div class="inside">
      {room.participants.length > 0 && <Avatars names={room.participants} rest={rest} />}
      <span>{insideSentence(room)}</span>
    </div>
  );
}
