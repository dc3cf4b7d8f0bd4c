/** What is in a room, a part at a time: what is planned, messages, files, and what is over. */

import { useState } from "preact/hooks";
import { Files } from "@/features/rooms/Files";
import { History } from "@/features/rooms/History";
import { Messages } from "@/features/rooms/Messages";
import { Planned } from "@/features/rooms/Planned";
import { roomsText } from "@/features/rooms/strings";
import type { KnownRoom } from "@/features/rooms/visit";
import { Tabs } from "@/ui/Tabs";

const PARTS = ["planned", "messages", "files", "history"] as const;
type Part = (typeof PARTS)[number];

export interface ContentsProps {
  known: KnownRoom;
  isModerator: boolean;
  isHost: boolean;
}

/** The card. */
export function Contents({ known, isModerator, isHost }: ContentsProps) {
  const text = roomsText();
  const [part, setPart] = useState<Part>("planned");
  const { code, created_at: since, ended_at: ended } = known.details;
  return (
    <section class="card rooms-card" aria-label={text.parts}>
      <Tabs
        label={text.parts}
        tabs={PARTS.map((one) => [one, text[one]])}
        chosen={part}
        onChoose={setPart}
      >
        {part === "planned" && <Planned code={code} canPlan={isHost && ended === null} />}
        {part === "messages" && <Messages code={code} />}
        {part === "files" && <Files code={code} />}
        {part === "history" && <History code={code} since={since} isModerator={isModerator} />}
      </Tabs>
    </section>
  );
}
