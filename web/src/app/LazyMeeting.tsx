/** The meeting, loaded apart from the pages around it. */

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Broken } from "@/app/Broken";
import type { MeetingRoomProps } from "@/app/MeetingRoom";
import { Mark } from "@/ui/Mark";

/** Load it; the browser keeps what was loaded. */
export function loadMeeting(): Promise<FunctionComponent<MeetingRoomProps>> {
  return import("@/app/MeetingRoom").then((loaded) => loaded.default);
}

/** The meeting as soon as it is loaded, dusk before, and words when it cannot be loaded. */
export function LazyMeeting(props: MeetingRoomProps) {
  const [Room, setRoom] = useState<FunctionComponent<MeetingRoomProps>>();
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    loadMeeting().then(
      (loaded) => setRoom(() => loaded),
      () => setBroken(true),
    );
  }, []);
  if (isBroken) {
    return <Broken />;
  }
  if (Room === undefined) {
    return (
      <main class="grid min-h-dvh place-items-center bg-stage" aria-busy="true">
        <Mark size={48} state="walking" />
      </main>
    );
  }
  return <Room {...props} />;
}
