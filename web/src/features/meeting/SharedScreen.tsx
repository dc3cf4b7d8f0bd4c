/** A screen that someone shares; one's own is shown small, so that it never mirrors itself. */
import {
  Maximize,
  PictureInPicture2,
  ScreenShare,
  ScreenShareOff,
  ZoomIn,
  ZoomOut,
} from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import { Mark } from "@/ui/Mark";
import type { PlacedShare } from "./arrangement";
import { placeStyle } from "./StageTile";
import { meetingText } from "./strings";
import { Video } from "./Video";
import { viewingText } from "./viewing-strings";
import { useZoom, type Zoom } from "./zoom";

interface SharedScreenProps {
  share: PlacedShare;
  onStopShare: () => void;
  onSmallWindow: (() => void) | undefined;
  /** Makes this one the large one. */
  onEnlarge: () => void;
}

const ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;

function OwnScreen(props: SharedScreenProps) {
  const { onStopShare, onSmallWindow } = props;
  const { participant, box } = props.share;
  const t = meetingText();
  return (
    <figure
      class="placed shared shared-own"
      style={placeStyle(box)}
      aria-label={t.screenOf(t.you)}
      data-share={participant.identity}
    >
      {participant.share !== undefined && (
        <div class="shared-small">
          <Video class="shared-picture" source={participant.share} />
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
        <button type="button" class="button shared-stop" onClick={onStopShare}>
          <ScreenShareOff {...ICON} />
          {t.shareStop}
        </button>
      </div>
    </figure>
  );
}

function Name({ participant }: { participant: ParticipantView }) {
  return (
    <span class="tag shared-name">
      <ScreenShare size={16} strokeWidth={2} aria-hidden="true" />
      <span class="truncate" dir="auto">
        {meetingText().screenOf(callName(participant.name))}
      </span>
    </span>
  );
}

/** One of several, waiting in the strip. */
function SmallScreen({ share: { participant, box }, onEnlarge }: SharedScreenProps) {
  const name = callName(participant.name);
  return (
    <figure
      class="placed placed-strip shared"
      style={placeStyle(box)}
      aria-label={meetingText().screenOf(name)}
      data-share={participant.identity}
    >
      {participant.share !== undefined && (
        <Video class="shared-picture" source={participant.share} />
      )}
      <Name participant={participant} />
      <button
        type="button"
        class="shared-enlarge"
        aria-label={viewingText().largeShare(name)}
        onClick={onEnlarge}
      />
    </figure>
  );
}

function Tools(props: { name: string; zoom: Zoom; onFullscreen: () => void }) {
  const { name, zoom, onFullscreen } = props;
  const t = viewingText();
  const { fullscreen } = meetingText();
  return (
    <div class="shared-tools" role="toolbar" aria-label={t.shareTools(name)}>
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
          <Maximize {...ICON} />
        </button>
      )}
    </div>
  );
}

function LargeScreen({ share: { participant, box } }: SharedScreenProps) {
  const name = callName(participant.name);
  const frame = useRef<HTMLElement>(null);
  const [view, setView] = useState<HTMLDivElement | null>(null);
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
      <span class="tile-waiting">
        <Mark size={30} state="walking" />
      </span>
      {participant.share !== undefined && (
        <div ref={setView} class="shared-view" tabIndex={zoom.factor > 1 ? 0 : undefined}>
          <div class="shared-sheet" style={{ "--zoom": zoom.factor }}>
            <Video class="shared-picture" source={participant.share} />
          </div>
        </div>
      )}
      <Name participant={participant} />
      <Tools name={name} zoom={zoom} onFullscreen={() => void frame.current?.requestFullscreen()} />
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
