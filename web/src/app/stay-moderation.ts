/** What hosts and moderators do by the tools of tiles, and what is said of it. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { Moderation } from "@/api/moderation";
import type { Announcer } from "@/features/meeting/announcer";
import type { MeetingState } from "@/features/meeting/state";
import { meetingText } from "@/features/meeting/strings";
import { viewingText } from "@/features/meeting/viewing-strings";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";

interface Parts {
  moderation: Moderation;
  state: Pick<MeetingState, "news">;
}

/** Mutes somebody for everyone, or says that it did not work. */
export function muteOne({ moderation, state }: Parts, identity: string): void {
  moderation.mute(identity).catch(() => {
    state.news.tell({ kind: "mute", text: meetingText().muteFailed, tone: "warn" });
  });
}

/** Pins somebody for everyone or lets go, or says that it did not work. */
export function pinForAll({ moderation, state }: Parts, participant: ParticipantView): void {
  moderation.pin(participant.identity, !participant.isPinnedForAll).catch(() => {
    state.news.tell({ kind: "pin", text: viewingText().pinFailed, tone: "warn" });
  });
}

interface Seen {
  session: { participants: ReadonlySignal<readonly ParticipantView[]> };
  state: Pick<MeetingState, "news">;
  announcer: Pick<Announcer, "say">;
}

/** Tells oneself that everybody sees one large, and says aloud who else is pinned. */
export function tellPinnedForAll({ session, state, announcer }: Seen): () => void {
  let known: ParticipantView | undefined;
  return effect(() => {
    const pinned = session.participants.value.find((other) => other.isPinnedForAll);
    const before = known;
    known = pinned;
    if (pinned?.identity === before?.identity) {
      return;
    }
    const t = viewingText();
    if (pinned?.isSelf === true || before?.isSelf === true) {
      const text = pinned?.isSelf === true ? t.youArePinned : t.youAreUnpinned;
      state.news.tell({ kind: "pin", text, tone: "plain" });
    }
    if (pinned?.isSelf === false) {
      announcer.say(t.isPinnedForAll(callName(pinned.name)));
    } else if (before?.isSelf === false && pinned === undefined) {
      announcer.say(t.isUnpinned(callName(before.name)));
    }
  });
}
