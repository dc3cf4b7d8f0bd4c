/** In front of a room with a waiting room: nobody sees or hears one yet. */

import { useEffect, useState } from "preact/hooks";
import type { Wait } from "@/features/join/door";
import { joinText } from "@/features/join/strings";
import { browserTimers, type Timers } from "@/lib/timers";
import { Button } from "@/ui/Button";
import { Mark } from "@/ui/Mark";
import { usePage } from "@/ui/page";
import { uiText } from "@/ui/strings";

const SECOND_MS = 1000;
/** Longer than it takes to see the news and press a button. */
const LONG_S = 60;

interface WaitingProps {
  wait: Wait;
  onGiveUp: () => void;
  timers?: Timers;
}

function useSeconds(timers: Timers): number {
  const [now, setNow] = useState(() => timers.now());
  useEffect(() => {
    let cancel = (): void => undefined;
    const tick = () => {
      setNow(timers.now());
      cancel = timers.after(SECOND_MS, tick);
    };
    cancel = timers.after(SECOND_MS, tick);
    return () => cancel();
  }, [timers]);
  return now / SECOND_MS;
}

/** Stands in the place of the form. */
export function Waiting({ wait, onGiveUp, timers = browserTimers }: WaitingProps) {
  const text = joinText();
  const nowS = useSeconds(timers);
  const seconds = Math.max(0, Math.floor(nowS - wait.sinceMs / SECOND_MS));
  const { hostSinceMs } = wait;
  const hasHost = hostSinceMs !== undefined;
  const title = hasHost ? text.waiting : text.noHost;
  const heading = usePage(title);
  const isLong = hasHost && nowS - hostSinceMs / SECOND_MS >= LONG_S;
  const line = isLong ? text.unanswered : hasHost ? text.waitingLine : text.noHostLine;
  return (
    <section>
      <Mark size={56} state="walking" />
      <h1 ref={heading} tabIndex={-1} class="page-title mt-6">
        {title}
      </h1>
      <p class="mt-2 text-ink-2" role="status">
        {line}
      </p>
      <p class="waiting-time" role="timer">
        {text.waitingFor(String(Math.floor(seconds / 60)), String(seconds % 60).padStart(2, "0"))}
      </p>
      <Button class="mt-6" onClick={onGiveUp}>
        {uiText().cancel}
      </Button>
    </section>
  );
}
