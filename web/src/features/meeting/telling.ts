/** Turns what happens in the meeting into news for everyone and words for those who listen. */
import { effect } from "@preact/signals";
import { formatList } from "@/i18n/format";
import { callName } from "@/lib/person";
import type { Timers } from "@/lib/timers";
import type { SessionEvent } from "@/media/events";
import type { Role } from "@/media/participants";
import type { Problem } from "@/media/switch";
import { backgroundText } from "@/ui/background-strings";
import { Announcer } from "./announcer";
import { presenceText } from "./presence-strings";
import type { MeetingState } from "./state";
import { meetingText } from "./strings";

type Told = Extract<SessionEvent, { kind: "problem" | "lost" | "muted" }>;

/** An announcer that speaks the language of the moment. */
export function createAnnouncer(timers: Timers): Announcer {
  return new Announcer(timers, () => ({
    joined: (names) => meetingText().joined(formatList(names)),
    left: (names) => meetingText().left(formatList(names)),
  }));
}

function problemText(device: "microphone" | "camera", problem: Problem): string {
  const t = meetingText();
  const words = {
    microphone: {
      denied: t.microphoneDenied,
      missing: t.microphoneMissing,
      taken: t.microphoneTaken,
      failed: t.microphoneFailed,
    },
    camera: {
      denied: t.cameraDenied,
      missing: t.cameraMissing,
      taken: t.cameraTaken,
      failed: t.cameraFailed,
    },
  };
  return words[device][problem];
}

/** The sentence for a device that does not do what was asked. */
export function sentenceFor(event: Told): string {
  const t = meetingText();
  if (event.kind === "problem") {
    return event.device === "share" ? t.shareFailed : problemText(event.device, event.problem);
  }
  const isMicrophone = event.device === "microphone";
  if (event.kind === "lost") {
    return isMicrophone ? t.microphoneLost : t.cameraLost;
  }
  if (event.by !== undefined) {
    return (isMicrophone ? t.microphoneMutedBy : t.cameraMutedBy)(callName(event.by));
  }
  return isMicrophone ? t.microphoneMuted : t.cameraMuted;
}

/** The sentence for a role that somebody was given during the meeting. */
export function sentenceForRole(role: Role): string {
  const t = meetingText();
  return {
    host: t.becameHost,
    moderator: t.becameModerator,
    observer: t.becameObserver,
    participant: t.becameParticipant,
    guest: t.becameParticipant,
  }[role];
}

/** Passes one event on to the news and the announcer. */
export function tellEvent(event: SessionEvent, state: MeetingState, announcer: Announcer): void {
  if (event.kind === "joined" || event.kind === "left") {
    announcer.gather(event.kind, event.name);
  } else if (event.kind === "bare") {
    state.news.tell({ kind: "background", text: backgroundText().bare, tone: "warn" });
  } else if (event.kind === "switched") {
    const text = presenceText().switched(event.name);
    state.news.tell({ kind: event.device, text, tone: "plain" });
  } else if (event.kind === "problem" || event.kind === "lost" || event.kind === "muted") {
    state.news.tell({ kind: event.device, text: sentenceFor(event), tone: "warn" });
  }
}

/** Says who begins to share a screen. */
export function announceShares(state: MeetingState, announcer: Announcer): () => void {
  let known = new Set<string>();
  return effect(() => {
    const sharers = state.arrangement.value.shares.map(({ participant }) => participant);
    const fresh = sharers.find(({ identity }) => !known.has(identity));
    known = new Set(sharers.map(({ identity }) => identity));
    if (fresh !== undefined) {
      const t = meetingText();
      announcer.say(fresh.isSelf ? t.shareSeen : t.sharing(callName(fresh.name)));
    }
  });
}
