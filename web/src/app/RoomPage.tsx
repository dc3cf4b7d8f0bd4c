/** One page per meeting code: before, during and after the meeting, without a change of address. */

import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Admission, DeviceChoice, LeaveReason } from "@/app/admission";
import { LazyMeeting, loadMeeting } from "@/app/LazyMeeting";
import { After } from "@/features/after/After";
import { JoinPage, UnknownCode } from "@/features/join/JoinPage";
import { forgetHostSecret } from "@/lib/host-secrets";
import { readRoomCode } from "@/lib/room-code";

type Phase =
  | { name: "before" }
  | { name: "meeting"; admission: Admission; choice: DeviceChoice }
  | { name: "after"; reason: LeaveReason; title: string; person: string; refusal?: string };

/** The page of the code in the address. */
export function RoomPage({ code: given }: { code: string }) {
  const { route } = useLocation();
  const [phase, setPhase] = useState<Phase>({ name: "before" });
  const code = readRoomCode(given);
  useEffect(() => {
    // The meeting is large: it loads while people still look at themselves.
    loadMeeting().catch(() => undefined);
  }, []);
  if (code === undefined) {
    return <UnknownCode code={given} />;
  }
  const end = (reason: LeaveReason, title: string, person: string, refusal?: string) => {
    if (reason === "ended") {
      forgetHostSecret(code);
    }
    const why = refusal === undefined ? {} : { refusal };
    setPhase({ name: "after", reason, title, person, ...why });
  };
  switch (phase.name) {
    case "before":
      return (
        <JoinPage
          key={code}
          code={code}
          onAdmitted={(admission, choice) => setPhase({ name: "meeting", admission, choice })}
          onEnded={(title) => end("ended", title, "")}
        />
      );
    case "meeting":
      return (
        <LazyMeeting
          admission={phase.admission}
          choice={phase.choice}
          onLeave={(reason: LeaveReason, refusal?: string) =>
            end(reason, phase.admission.title, phase.admission.name, refusal)
          }
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
          onAgain={() => setPhase({ name: "before" })}
          onHome={() => route("/")}
        />
      );
  }
}
