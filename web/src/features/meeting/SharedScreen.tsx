/** A screen that someone shares; one's own is shown small, so that it never mirrors itself. */
import {
  Maximize,
  Minimize,
  MousePointer2,
  MousePointerBan,
  PictureInPicture2,
  ScreenShareOff,
  Volume2,
  VolumeX,
  ZoomIn,
  ZoomOut,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import type { Volumes } from "@/media/volumes";
import type { PlacedShare } from "./arrangement";
import { toggleFullscreen, useFullscreen } from "./fullscreen";
import { networkText } from "./network-strings";
import { PointerLayer } from "./PointerLayer";
import type { Pointers } from "./pointers";
import { ScreenName, SmallScreen } from "./SmallScreen";
import { placeStyle } from "./StageTile";
import { meetingText } from "./strings";
import { PictureOnItsWay, Video } from "./Video";
import { viewingText } from "./viewing-strings";
import { useZoom, type Zoom } from "./zoom";

interface SharedScreenProps {
  share: PlacedShare;
  pointers: Pointers;
  participants: readonly ParticipantView[];
  volumes: Volumes;
  onStopShare: () => void;
  onSmallWindow: (() => void) | undefined;
  /** Makes this one the large one. */
  onEnlarge: () => void;
}

const ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;

function OwnScreen(props: SharedScreenProps) {
  const { onStopShare, onSmallWindow, pointers } = props;
  const { participant, box } = props.share;
  const isAllowed = pointers.isAllowed.value;
  const t = meetingText();
  return (
    <figure
      class="placed shared shared-own"
      style={placeStyle(box)}
      aria-label={t.ownScreen}
      data-share={participant.identity}
    >
      {participant.share !== undefined && (
        <div class="shared-small">
          <Video class="shared-picture" source={participant.share} />
          <PointerLayer {...props} share={participant.identity} isPointing={false} />
        </div>
      )}
      <h2 class="shared-title">{t.shareSeen}</h2>
      <p class="shared-line">{t.shareSound}</p>
      <div class="shared-acts">
        {onSmallWindow !== undefined && (
          <button type="button" class="button shared-people" onClick={onSmallWindow}>
            <PictureInPicture2 {...ICON} />
            {viewingText().smallWindowHint}
          </button>
        )}
        <button
          type="button"
          class="button shared-people"
          onClick={() => pointers.allow(!isAllowed)}
        >
          {isAllowed ? <MousePointer2 {...ICON} /> : <MousePointerBan {...ICON} />}
          {isAllowed ? viewingText().pointersOff : viewingText().pointersOn}
        </button>
        <button type="button" class="button shared-stop" onClick={onStopShare}>
          <ScreenShareOff {...ICON} />
          {t.shareStop}
        </button>
      </div>
    </figure>
  );
}

interface ToolsProps {
  name: string;
  zoom: Zoom;
  isPointing: boolean;
  /** Absent where one may not point. */
  onPoint: (() => void) | undefined;
  sound: ComponentChildren;
  onFullscreen: () => void;
}

/** For oneself alone; absent where the screen brings no sound. */
function SoundTool({ participant, volumes }: { participant: ParticipantView; volumes: Volumes }) {
  if (!participant.hasShareSound) {
    return null;
  }
  const t = viewingText();
  const isOn = volumes.isShareOn(participant.identity);
  const label = isOn ? t.screenSoundOff : t.screenSoundOn;
  return (
    <button
      type="button"
      class="tile-tool"
      aria-label={label}
      title={label}
      onClick={() => volumes.turnShare(participant.identity, !isOn)}
    >
      {isOn ? <Volume2 {...ICON} /> : <VolumeX {...ICON} />}
    </button>
  );
}

function Tools(props: ToolsProps) {
  const { name, zoom, isPointing, onPoint, sound, onFullscreen } = props;
  const t = viewingText();
  const isFullscreen = useFullscreen();
  const fullscreen = isFullscreen ? meetingText().fullscreenLeave : meetingText().fullscreen;
  return (
    <div class="shared-tools" role="toolbar" aria-label={t.shareTools(name)}>
      {onPoint !== undefined && (
        <button
          type="button"
          class="tile-tool"
          aria-label={t.point}
          aria-pressed={isPointing}
          title={t.point}
          onClick={onPoint}
        >
          <MousePointer2 {...ICON} />
        </button>
      )}
      {sound}
      <button
        type="button"
        class="tile-tool"
        aria-label={t.zoomOut}
        title={t.zoomOut}
        disabled={!zoom.canShrink}
        onClick={() => zoom.step(-1)}
      >
        <ZoomOut {...ICON} />
      </button>
      <span class="sr-only" role="status">
        {zoom.factor > 1 && t.percent(zoom.factor)}
      </span>
      <button
        type="button"
        class="tile-tool"
        aria-label={t.zoomIn}
        title={t.zoomIn}
        disabled={!zoom.canGrow}
        onClick={() => zoom.step(1)}
      >
        <ZoomIn {...ICON} />
      </button>
      {document.fullscreenEnabled && (
        <button
          type="button"
          class="tile-tool"
          aria-label={fullscreen}
          title={fullscreen}
          onClick={onFullscreen}
        >
          {isFullscreen ? <Minimize {...ICON} /> : <Maximize {...ICON} />}
        </button>
      )}
    </div>
  );
}

/** Says why the screen stands still, also to those who cannot see that it does. */
function Held({ isHeld }: { isHeld: boolean }) {
  return (
    <p class="shared-held" role="status">
      {isHeld && <span class="tag">{networkText().shareHeld}</span>}
    </p>
  );
}

function LargeScreen(props: SharedScreenProps) {
  const { pointers, participants, volumes } = props;
  const { participant, box } = props.share;
  const self = participants.find(({ isSelf }) => isSelf);
  const mayPoint = self?.rights.chat === true && pointers.isOpen(participant.identity);
  const isPointing = mayPoint && pointers.isPointing.value;
  const name = callName(participant.name);
  const frame = useRef<HTMLElement>(null);
  const [view, setView] = useState<HTMLDivElement | null>(null);
  const [isThere, setThere] = useState(false);
  const zoom = useZoom(view);
  const label = meetingText().screenOf(name);
  return (
    <figure
      ref={frame}
      class="placed shared"
      style={placeStyle(box)}
      aria-label={label}
      data-share={participant.identity}
    >
      {!isThere && <PictureOnItsWay />}
      {participant.share !== undefined && (
        <div ref={setView} class="shared-view" tabIndex={zoom.factor > 1 ? 0 : undefined}>
          <div class="shared-sheet" style={{ "--zoom": zoom.factor }}>
            <Video class="shared-picture" source={participant.share} onPicture={setThere} />
            <PointerLayer {...props} share={participant.identity} isPointing={isPointing} />
          </div>
        </div>
      )}
      <ScreenName participant={participant} />
      <Held isHeld={participant.isShareHeld} />
      <Tools
        name={name}
        zoom={zoom}
        isPointing={isPointing}
        onPoint={
          mayPoint
            ? () => {
                pointers.isPointing.value = !isPointing;
              }
            : undefined
        }
        sound={<SoundTool participant={participant} volumes={volumes} />}
        onFullscreen={() => void toggleFullscreen(frame.current ?? undefined)}
      />
    </figure>
  );
}

/** The shared screen, as large as the stage lets it be. */
export function SharedScreen(props: SharedScreenProps) {
  const { participant, isSmall } = props.share;
  if (isSmall) {
    return <SmallScreen {...props} />;
  }
  return participant.isSelf ? <OwnScreen {...props} /> : <LargeScreen {...props} />;
}
