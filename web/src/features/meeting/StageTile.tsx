/** One participant on the stage, where the arrangement puts them. */
import { Hand, MicOff, Pin, VideoOff, VolumeX, WifiOff } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { classes } from "@/lib/class";
import type { ParticipantView } from "@/media/participants";
import { Tile, Voice } from "@/ui/Tile";
import type { PlacedTile } from "./arrangement";
import { ConnectionBars } from "./ConnectionBars";
import type { Box } from "./layout";
import { networkText } from "./network-strings";
import { meetingText } from "./strings";
import { PictureOnItsWay, Video } from "./Video";
import { viewingText } from "./viewing-strings";

interface StageTileProps {
  tile: PlacedTile;
  isSpeaking: boolean;
  isDimmed: boolean;
  /** Not received, to save data. */
  isPaused?: boolean;
  isPinned?: boolean;
  /** Not heard by oneself, because one turned the volume all the way down. */
  isSilenced?: boolean;
  /** What lies over the tile: the button that moves it. */
  children?: ComponentChildren;
}

/** Puts an element at its box; the style sheet moves it there smoothly. */
export function placeStyle(box: Box) {
  return {
    width: `${box.width}px`,
    height: `${box.height}px`,
    transform: `translate(${box.x}px, ${box.y}px)`,
  };
}

/** Why a camera that is on does not move: by one's own choice, or because the network carries no more than sound. */
function pauseOf(participant: ParticipantView, isPaused = false): string | undefined {
  if (!participant.isCameraOn) {
    return undefined;
  }
  const { paused, held } = networkText();
  if (isPaused) {
    return paused;
  }
  return participant.isCameraHeld ? held : undefined;
}

function spokenName(props: StageTileProps, isSpeaking: boolean): string {
  const t = meetingText();
  const { participant } = props.tile;
  const states = [
    participant.isSelf ? t.you : participant.name,
    isSpeaking && t.speaking,
    !participant.isMicrophoneOn && t.muted,
    participant.hand !== undefined && t.handPlace(participant.hand),
    pauseOf(participant, props.isPaused)?.toLowerCase(),
    props.isPinned === true && viewingText().pinned,
    participant.isPinnedForAll && viewingText().pinnedForAll,
    props.isSilenced === true && viewingText().silenced,
    participant.connection === "weak" && t.weak,
    participant.connection === "lost" && t.lost,
  ];
  return states.filter((state) => typeof state === "string").join(", ");
}

function Picture({ participant }: { participant: ParticipantView }) {
  const [isThere, setThere] = useState(false);
  return (
    <>
      {!isThere && <PictureOnItsWay />}
      {participant.camera !== undefined && (
        <Video
          class="tile-picture"
          source={participant.camera}
          isMirrored={participant.isSelf}
          onPicture={setThere}
        />
      )}
    </>
  );
}

const SIGN = { size: 15, strokeWidth: 2.1, "aria-hidden": "true" } as const;

function VoiceSign(props: { participant: ParticipantView; isSpeaking: boolean }) {
  const { participant, isSpeaking } = props;
  if (!participant.isMicrophoneOn) {
    return (
      <span class="tag-muted">
        <MicOff {...SIGN} />
      </span>
    );
  }
  return isSpeaking ? <Voice /> : null;
}

function Signs(props: StageTileProps & { isHeard: boolean }) {
  return (
    <>
      {(props.isPinned === true || props.tile.participant.isPinnedForAll) && <Pin {...SIGN} />}
      {props.isSilenced === true && <VolumeX {...SIGN} />}
      <VoiceSign participant={props.tile.participant} isSpeaking={props.isHeard} />
    </>
  );
}

function States({ tile: { participant }, isPaused }: StageTileProps) {
  const pause = pauseOf(participant, isPaused);
  return (
    <>
      {pause !== undefined && (
        <span class="tag" title={pause}>
          <VideoOff {...SIGN} />
          <span class="tag-words truncate">{pause}</span>
        </span>
      )}
      {participant.connection === "weak" && (
        <span class="tag tag-weak" title={meetingText().weak}>
          <ConnectionBars lit={1} />
        </span>
      )}
    </>
  );
}

/** A tile with the states that ui words and icons say together. */
export function StageTile(props: StageTileProps) {
  const { tile, isSpeaking, isDimmed, children } = props;
  const t = meetingText();
  const { participant, box, shape } = tile;
  const isLost = participant.connection === "lost" && !participant.isSelf;
  const isHeard = isSpeaking && participant.isMicrophoneOn;
  return (
    <figure
      class={classes("placed", `placed-${shape}`)}
      style={placeStyle(box)}
      aria-label={spokenName(props, isHeard)}
      data-participant={participant.identity}
    >
      <Tile
        class="size-full"
        name={participant.name}
        label={participant.isSelf ? t.you : undefined}
        identity={participant.identity}
        picture={
          participant.isCameraOn && props.isPaused !== true ? (
            <Picture participant={participant} />
          ) : undefined
        }
        sign={<Signs {...props} isHeard={isHeard} />}
        states={<States {...props} />}
        hand={
          participant.hand !== undefined && (
            <span class="tile-hand">
              <Hand size={16} strokeWidth={2} aria-hidden="true" />
              {participant.hand}
            </span>
          )
        }
        isSpeaking={isHeard}
        isDimmed={isDimmed || isLost}
      >
        {isLost && (
          <span class="tile-over">
            <WifiOff size={20} strokeWidth={1.75} aria-hidden="true" />
            {t.lost}
          </span>
        )}
        {children}
      </Tile>
    </figure>
  );
}
