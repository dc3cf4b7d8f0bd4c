/** Everything before a meeting: opening, not found, over, not reachable, or ready to join. */

import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { explainFailure } from "@/api/failure-text";
import { getRoom, joinRoom } from "@/api/rooms";
import type { Admission, DeviceChoice } from "@/app/admission";
import { Opening } from "@/features/join/Opening";
import { Prejoin } from "@/features/join/Prejoin";
import { Join } from "@/features/join/state";
import { roomText } from "@/features/join/strings";
import { Vouched, type Word } from "@/features/join/Vouched";
import { browserTimers } from "@/lib/timers";
import { Button } from "@/ui/Button";
import { Message } from "@/ui/Message";
import { uiText } from "@/ui/strings";

interface JoinPageProps {
  code: string;
  /** A new meeting, for a code that leads nowhere. */
  offer: ComponentChildren;
  /** What the site around this frame says of who comes. */
  word?: Word | undefined;
  onAdmitted: (admission: Admission, choice: DeviceChoice) => void;
  /** The room is over, found out before joining. */
  onEnded: (title: string) => void;
}

/** One visit to a room that was not joined yet. */
export function JoinPage({ code, offer, word, onAdmitted, onEnded }: JoinPageProps) {
  const join = useMemo(
    () => new Join(code, { look: getRoom, join: joinRoom, timers: browserTimers }),
    [code],
  );
  useEffect(() => {
    void join.look();
    return () => join.end();
  }, [join]);
  const state = join.room.value;
  useEffect(() => {
    if (state.status === "ended") {
      onEnded(state.title);
    }
  }, [state]);
  switch (state.status) {
    case "loading":
    case "ended":
      return <Opening />;
    case "unknown":
      return <UnknownCode code={code} offer={offer} />;
    case "failed":
      return (
        <Message
          title={roomText().unreachable}
          mark="walking"
          actions={
            <Button kind="primary" size="large" onClick={() => void join.look()}>
              {uiText().retry}
            </Button>
          }
        >
          {state.error.status === 0 ? roomText().silent : explainFailure(state.error)}{" "}
          {roomText().retrying}
        </Message>
      );
    case "ready":
      if (word !== undefined) {
        return <Vouched join={join} word={word} onAdmitted={onAdmitted} />;
      }
      return <Prejoin join={join} room={state.room} onAdmitted={onAdmitted} />;
  }
}

/** The page for a code that leads nowhere: says so, and offers a new meeting. */
export function UnknownCode({ code, offer }: { code: string; offer: ComponentChildren }) {
  const text = roomText();
  return (
    <Message title={text.unknown} mark="away" actions={offer}>
      {text.unknownCode}{" "}
      <span class="whitespace-nowrap">
        <b class="inline-block max-w-4/5 truncate align-bottom font-semi">{code}</b>.
      </span>{" "}
      {text.unknownLine}
    </Message>
  );
}
