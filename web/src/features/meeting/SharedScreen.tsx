/** A screen that someone shares; one's own is shown small, so that it never mirrors itself. */
import { Maximize, ScreenShare, ScreenShareOff } from "lucide-preact";
import { useRef } from "preact/hooks";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import { Mark } from "@/ui/Mark";
import type { Box } from "./layout";
import { placeStyle } from "./StageTile";
import { meetingText } from "./strings";
import { Video } from "./Video";

interface SharedScreenProps {
  participant: ParticipantView;
  box: Box;
  onStopShare: () => void;
}

function OwnScreen({ participant, box, onStopShare }: SharedScreenProps) {
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
      <button type="button" class="button shared-stop" onClick={onStopShare}>
        <ScreenShareOff size={18} strokeWidth={1.9} aria-hidden="true" />
        {t.shareStop}
      </button>
    </figure>
  );
}

/** The shared screen, as large as the stage lets it be. */
export function SharedScreen(props: SharedScreenProps) {
  const { participant, box } = props;
  const t = meetingText();
  const frame = useRef<HTMLElement>(null);
  if (participant.isSelf) {
    return <OwnScreen {...props} />;
  }
  const label = t.screenOf(callName(participant.name));
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
        <Video class="shared-picture" source={participant.share} />
      )}
      <span class="tag shared-name">
        <ScreenShare size={16} strokeWidth={2} aria-hidden="true" />
        <span class="truncate" dir="auto">
          {label}
        </span>
      </span>
      {document.fullscreenEnabled && (
        <button
          type="button"
          class="shared-tool"
          aria-label={t.fullscreen}
          title={t.fullscreen}
          onClick={() => void frame.current?.requestFullscreen()}
        >
          <Maximize size={18} strokeWidth={1.9} aria-hidden="true" />
        </button>
      )}
    </figure>
  );
}
