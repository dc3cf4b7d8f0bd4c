/** A hand that went up to ask for the word comes down by itself once one has it. */
import { effect, type ReadonlySignal } from "@preact/signals";
import { handText } from "@/features/meeting/hand-strings";
import type { News } from "@/features/meeting/news";
import type { Timers } from "@/lib/timers";
import type { ParticipantView } from "@/media/participants";

/** Shorter is a cough or a yes. */
const SPOKEN_MS = 2000;

export interface Hand {
  self: ReadonlySignal<ParticipantView | undefined>;
  speaking: ReadonlySignal<ReadonlySet<string>>;
  news: News;
  raise: (isUp: boolean) => void;
}

/** Lowers the own hand of someone who begins to speak and goes on; who spoke before keeps it. */
export function lowerWhenSpoken({ self, speaking, news, raise }: Hand, timers: Timers): () => void {
  let wasSpeaking = false;
  let cancel = (): void => undefined;
  const stop = effect(() => {
    const own = self.value;
    const isSpeaking = own !== undefined && speaking.value.has(own.identity);
    if (!isSpeaking) {
      cancel();
    } else if (!wasSpeaking && own.hand !== undefined) {
      cancel = timers.after(SPOKEN_MS, () => {
        if (self.peek()?.hand === undefined) {
          return;
        }
        raise(false);
        const t = handText();
        news.tell({
          kind: "hand-lowered",
          text: t.spoke,
          tone: "plain",
          action: { label: t.keep, run: () => raise(true) },
        });
      });
    }
    wasSpeaking = isSpeaking;
  });
  return () => {
    stop();
    cancel();
  };
}
