/** Puts the page of a room together, with what other pages have of it. */

import { useMemo } from "preact/hooks";
import { openModeration } from "@/api/moderation";
import { openRoomAccess } from "@/api/room-access";
import { lazily } from "@/app/lazily";
import { Room } from "@/features/rooms/Room";
import { Calendars } from "@/features/schedule/Calendars";

const Settings = lazily(
  async () => (await import("@/features/people/RoomSettingsDialog")).RoomSettingsDialog,
  "over",
);

/** The page. */
export function OwnRoom({ code, ownId }: { code: string; ownId: string }) {
  // Whoever reads this page is signed in, and has no seat.
  const moderation = useMemo(() => openModeration(openRoomAccess(code, "")), [code]);
  return (
    <Room
      key={code}
      code={code}
      ownId={ownId}
      calendars={<Calendars room={code} />}
      settings={(isHost, onClose) => (
        <Settings moderation={moderation} isHost={isHost} onClose={onClose} />
      )}
    />
  );
}
