/** What a stay does about devices: remembers those that were chosen, and warns of a mirror. */
import { effect } from "@preact/signals";
import { keepDevices, keptDevices } from "@/features/join/kept";
import { soundText } from "@/features/meeting/sound-strings";
import type { MeetingState } from "@/features/meeting/state";
import type { Session } from "@/media/session";

interface Parts {
  session: Session;
  state: MeetingState;
}

/** Sharing the meeting in the meeting shows a corridor of mirrors. */
export function tellMirrored({ session, state }: Parts): void {
  const t = soundText();
  state.news.tell({
    kind: "share",
    text: t.ownScreen,
    tone: "warn",
    isLasting: true,
    action: { label: t.stopIt, run: () => void session.own.turn("share", false) },
  });
}

/** Devices that were chosen in the meeting are those of the next one. */
export function keepChosenDevices({ session: { devices } }: Parts): () => void {
  return effect(() => {
    const { audioinput, videoinput, audiooutput } = devices.active.value;
    const chosen = {
      ...(isNamed(audioinput) && { microphoneId: audioinput }),
      ...(isNamed(videoinput) && { cameraId: videoinput }),
      ...(isNamed(audiooutput) && { speakerId: audiooutput }),
    };
    keepDevices({ ...keptDevices(), ...chosen });
  });
}

function isNamed(id: string | undefined): id is string {
  return id !== undefined && id !== "default";
}
