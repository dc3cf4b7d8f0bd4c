/** What the buttons of the own microphone and camera say, in every bar. */
import type { Rights } from "@/media/participants";
import type { Session } from "@/media/session";
import { meetingText } from "./strings";

interface OwnSwitch {
  /** Whether one may press it; who is heard or seen can always stop. */
  isOpen: boolean;
  /** What pressing it does, or why that is held back. */
  label: string;
}

/** As it is now; before the rights are known nothing is held back. */
export function ownSwitch(
  { own }: Pick<Session, "own">,
  device: "microphone" | "camera",
  rights: Pick<Rights, "speak" | "show"> | undefined,
): OwnSwitch {
  const t = meetingText();
  const [right, on, off, held] =
    device === "microphone"
      ? ([rights?.speak, t.microphoneOn, t.microphoneOff, t.unmuteHeld] as const)
      : ([rights?.show, t.cameraOn, t.cameraOff, t.cameraHeld] as const);
  if (own[device].state.value.isOn) {
    return { isOpen: true, label: off };
  }
  return right === false ? { isOpen: false, label: held } : { isOpen: true, label: on };
}
