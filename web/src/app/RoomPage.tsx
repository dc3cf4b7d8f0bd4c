/** One page per meeting code: before, during and after the meeting, without a change of address. */

import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { openRating, type SendRating } from "@/api/rating";
import { openRoomAccess } from "@/api/room-access";
import type { Admission, DeviceChoice, LeaveReason } from "@/app/admission";
import { LazyMeeting, loadMeeting } from "@/app/LazyMeeting";
import { StartNow } from "@/app/StartNow";
import { appText } from "@/app/strings";
import { After } from "@/features/after/After";
import { JoinPage, UnknownCode } from "@/features/join/JoinPage";
import type { Word } from "@/features/join/Vouched";
import type { Embedder } from "@/lib/embedder";
import { forgetHostSecret } from "@/lib/host-secrets";
import { readRoomCode } from "@/lib/room-code";

type Phase =
  | { name: "before" }
  | { name: "meeting"; admission: Admission; choice: DeviceChoice }
  | ({ name: "after" } & Ended);

/** How a visit ended; who was inside says how it was. */
interface Ended {
  reason: LeaveReason;
  title: string;
  person: string;
  refusal?: string | undefined;
  sendRating?: SendRating;
}

interface RoomPageProps {
  code: string;
  /** The page that shows this one in a frame. */
  embedder?: Embedder | undefined;
}

/** The page of the code in the address; another code is another visit. */
export function RoomPage({ code, embedder }: RoomPageProps) {
  return <Visit key={code} given={code} embedder={embedder} />;
}

function wordOf(embedder: Embedder | undefined): Word | undefined {
  if (embedder?.settings.token === undefined) {
    return undefined;
  }
  const { token, name, microphone, camera } = embedder.settings;
  return { token, name: name ?? appText().someone, microphone, camera };
}

function Visit({ given, embedder }: { given: string; embedder: Embedder | undefined }) {
  const { route } = useLocation();
  const [phase, setPhase] = useState<Phase>({ name: "before" });
  const code = readRoomCode(given);
  useEffect(() => {
    // The meeting is large: it loads while people still look at themselves.
    loadMeeting().catch(() => undefined);
  }, []);
  if (code === undefined) {
    return <UnknownCode code={given} offer={<StartNow />} />;
  }
  const end = (ended: Ended) => {
    if (ended.reason === "ended") {
      forgetHostSecret(code);
    }
    setPhase({ name: "after", ...ended });
  };
  switch (phase.name) {
    case "before":
      return (
        <JoinPage
          code={code}
          offer={<StartNow />}
          word={wordOf(embedder)}
          onAdmitted={(admission, choice) => setPhase({ name: "meeting", admission, choice })}
          onEnded={(title) => end({ reason: "ended", title, person: "" })}
        />
      );
    case "meeting":
      return (
        <LazyMeeting
          admission={phase.admission}
          choice={phase.choice}
          embedder={embedder}
          onLeave={(reason: LeaveReason, refusal?: string) => {
            const { title, name, seat } = phase.admission;
            const sendRating = openRating(openRoomAccess(code, seat));
            end({ reason, title, person: name, refusal, sendRating });
          }}
        />
      );
    case "after":
      return (
        <After
          reason={phase.reason}
          code={code}
          title={phase.title}
          name={phase.person}
          refusal={phase.refusal}
          sendRating={phase.sendRating}
          offer={<StartNow />}
          onAgain={() => setPhase({ name: "before" })}
          onHome={() => route("/")}
        />
      );
  }
}
