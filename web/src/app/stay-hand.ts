/** Raised hands: those who lead are told, and one's own comes down by itself once one has the word. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { Announcer } from "@/features/meeting/announcer";
import { handText } from "@/features/meeting/hand-strings";
import type { MeetingState } from "@/features/meeting/state";
import { meetingText } from "@/features/meeting/strings";
import { formatList } from "@/i18n/format";
import type { News } from "@/lib/news";
import { callName } from "@/lib/person";
import type { Timers } from "@/lib/timers";
import { moderates, type ParticipantView, type Role } from "@/media/participants";

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

interface Led {
  session: { participants: ReadonlySignal<readonly ParticipantView[]> };
  role: ReadonlySignal<Role>;
  state: Pick<MeetingState, "news" | "panel" | "showPanel">;
  announcer: Pick<Announcer, "say">;
}

/** Tells those who lead the meeting whose hand went up, and says it to all others who listen to the page. */
export function tellHands({ session, role, state, announcer }: Led): () => void {
  let raised = new Set<string>();
  const isRaised = (other: ParticipantView) => other.hand !== undefined && !other.isSelf;
  return effect(() => {
    const before = raised;
    const up = session.participants.value.filter(isRaised);
    raised = new Set(up.map(({ identity }) => identity));
    const fresh = up.filter(({ identity }) => !before.has(identity));
    if (fresh.length === 0) {
      return;
    }
    const t = meetingText();
    const text = t.raisedHand(formatList(fresh.map(({ name }) => callName(name))));
    if (!moderates(role.value)) {
      announcer.say(text);
    } else if (state.panel.peek() !== "people") {
      state.news.tell({
        kind: "hand",
        text,
        tone: "plain",
        action: { label: t.show, run: () => state.showPanel("people") },
      });
    }
  });
}
