/** The meeting in a small window over other programs: who speaks, microphone, camera, leave. */
import { Mic, MicOff, Phone, Video as VideoIcon, VideoOff } from "lucide-preact";
import { render } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { ParticipantView } from "@/media/participants";
import { BarButton } from "@/ui/BarButton";
import type { Acting } from "./acting";
import { lookOf } from "./OwnControls";
import { ownSwitch } from "./own-switch";
import { SmallScreen } from "./SmallScreen";
import { StageTile } from "./StageTile";
import { meetingText } from "./strings";
import { viewingText } from "./viewing-strings";
import { openWindow, type WindowOpener, windowOpener } from "./window-opener";
import "./small-window.css";

const ICON = { size: 20, strokeWidth: 1.75, "aria-hidden": "true" } as const;
/** The box of what fills its frame; the style sheet says how large that is. */
const WHOLE = { x: 0, y: 0, width: 0, height: 0 };

/** Who is shown: pinned, else who speaks, else the first other, else oneself. */
export function shownSmall(
  participants: readonly ParticipantView[],
  pinned: string | undefined,
  speaking: ReadonlySet<string>,
): ParticipantView | undefined {
  const others = participants.filter((other) => !other.isSelf);
  return (
    participants.find(({ identity }) => identity === pinned) ??
    others.find(({ identity }) => speaking.has(identity)) ??
    others[0] ??
    participants[0]
  );
}

function Picture({ session, state }: Acting) {
  const participants = session.participants.value;
  const sharer = participants.find((other) => other.isSharing && !other.isSelf);
  if (sharer !== undefined && state.pinned.value === undefined) {
    return <SmallScreen share={{ participant: sharer, box: WHOLE, isSmall: true }} />;
  }
  const speaking = session.voices.speaking.value;
  const participant = shownSmall(participants, state.pinned.value, speaking);
  return participant === undefined ? null : (
    <StageTile
      key={participant.identity}
      tile={{ participant, box: WHOLE, shape: "tile" }}
      isSpeaking={speaking.has(participant.identity)}
      isDimmed={session.connection.value === "reconnecting"}
    />
  );
}

/** What stands in the window. */
export function SmallMeeting(acting: Acting) {
  const { session } = acting;
  const t = meetingText();
  const microphone = session.own.microphone.state.value;
  const camera = session.own.camera.state.value;
  const rights = session.participants.value.find((other) => other.isSelf)?.rights;
  const microphoneSwitch = ownSwitch(session, "microphone", rights);
  const cameraSwitch = ownSwitch(session, "camera", rights);
  const isHeld = session.connection.value !== "connected";
  return (
    <div class="small-meeting">
      <main class="small-picture" aria-label={t.stage}>
        <Picture {...acting} />
      </main>
      <div class="small-bar" role="toolbar" aria-label={t.controls}>
        <BarButton
          label={microphoneSwitch.label}
          pressed={microphone.isOn}
          tone={lookOf(microphone) === "on" ? "normal" : "off"}
          disabled={isHeld || !microphoneSwitch.isOpen}
          onClick={() => void session.own.toggle("microphone")}
        >
          {microphone.isOn ? <Mic {...ICON} /> : <MicOff {...ICON} />}
        </BarButton>
        <BarButton
          label={cameraSwitch.label}
          pressed={camera.isOn}
          tone={lookOf(camera) === "on" ? "normal" : "off"}
          disabled={isHeld || !cameraSwitch.isOpen}
          onClick={() => void session.own.toggle("camera")}
        >
          {camera.isOn ? <VideoIcon {...ICON} /> : <VideoOff {...ICON} />}
        </BarButton>
        <button
          type="button"
          class="bar-leave"
          aria-label={t.leave}
          onClick={() => void session.leave()}
        >
          <Phone {...ICON} class="hang-up" />
        </button>
      </div>
    </div>
  );
}

async function show(acting: Acting, opener: WindowOpener): Promise<Window | undefined> {
  try {
    const small = await openWindow(opener, document);
    const root = small.document.body;
    render(<SmallMeeting {...acting} />, root);
    small.addEventListener("pagehide", () => render(null, root), { once: true });
    return small;
  } catch {
    const text = viewingText().smallWindowFailed;
    acting.state.news.tell({ kind: "small-window", text, tone: "warn" });
    return undefined;
  }
}

/** Where the browser floats single pictures only: that of the one who speaks, without controls. */
async function floatPicture({ session, state }: Acting): Promise<void> {
  const shown = shownSmall(
    session.participants.peek(),
    state.pinned.peek(),
    session.voices.speaking.peek(),
  );
  const place = `[data-participant="${CSS.escape(shown?.identity ?? "")}"] video`;
  const video = document.querySelector<HTMLVideoElement>(place);
  try {
    if (document.pictureInPictureElement !== null) {
      await document.exitPictureInPicture();
    } else if (video !== null) {
      video.disablePictureInPicture = false;
      await video.requestPictureInPicture();
    } else {
      throw new Error("Nobody who could be shown has a camera on.");
    }
  } catch {
    const text = viewingText().smallWindowFailed;
    state.news.tell({ kind: "small-window", text, tone: "warn" });
  }
}

/** Opens the window, or closes it when it is open; absent where the browser has none of any kind. */
export function useSmallWindow(acting: Acting): (() => void) | undefined {
  const opener = useMemo(windowOpener, []);
  useEffect(() => () => opener?.window?.close(), [opener]);
  if (opener === undefined) {
    return document.pictureInPictureEnabled ? () => void floatPicture(acting) : undefined;
  }
  return () => {
    if (opener.window === null) {
      void show(acting, opener);
    } else {
      opener.window.close();
    }
  };
}
