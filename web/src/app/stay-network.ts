/** What a stay does about a weak network, and about saving data. */
import { effect } from "@preact/signals";
import { networkText } from "@/features/meeting/network-strings";
import type { MeetingState } from "@/features/meeting/state";
import { dataMode } from "@/features/meeting/viewing";
import type { Session } from "@/media/session";

interface Parts {
  session: Session;
  state: MeetingState;
}

/** Says when the own network is weak, and offers to leave the pictures out. */
export function tellWeakNetwork({ session, state }: Parts): () => void {
  let wasWeak = false;
  return effect(() => {
    const self = session.participants.value.find((other) => other.isSelf);
    const isWeak = self?.connection === "weak";
    if (isWeak && !wasWeak) {
      const t = networkText();
      const isSound = dataMode.now.peek() === "sound";
      state.news.tell({
        kind: "network",
        text: t.weak,
        tone: "warn",
        ...(!isSound && {
          action: { label: t.soundOnly, run: () => dataMode.choose("sound") },
        }),
      });
    } else if (wasWeak && !isWeak) {
      state.news.retract("network");
    }
    wasWeak = isWeak;
  });
}

/** Saves what one sends as well: a small picture, or none until one turns the camera on again. */
export function followDataMode({ session }: Parts): () => void {
  let known = dataMode.now.peek();
  let wasSmall = false;
  return effect(() => {
    const mode = dataMode.now.value;
    const { isOn } = session.own.camera.state.value;
    if (isOn && mode === "sound" && known !== "sound") {
      void session.own.turn("camera", false);
    }
    const isSmall = mode !== "full";
    // Left alone unless asked for: the server tells which sizes are looked at.
    if (isOn && (isSmall || wasSmall)) {
      session.own.sendSmall(isSmall);
      wasSmall = isSmall;
    }
    known = mode;
  });
}
