/** A shared screen that waits in a strip, or floats alone. */
import { ScreenShare } from "lucide-preact";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import type { PlacedShare } from "./arrangement";
import { placeStyle } from "./StageTile";
import { meetingText } from "./strings";
import { Video } from "./Video";
import { viewingText } from "./viewing-strings";

interface SmallScreenProps {
  share: PlacedShare;
  /** Makes this one the large one; absent where it stands alone. */
  onEnlarge?: () => void;
}

/** Whose screen it is, on the screen. */
export function ScreenName({ participant }: { participant: ParticipantView }) {
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
export function SmallScreen({ share: { participant, box }, onEnlarge }: SmallScreenProps) {
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
      <ScreenName participant={participant} />
      {onEnlarge !== undefined && (
        <button
          type="button"
          class="shared-enlarge"
          aria-label={viewingText().largeShare(name)}
          onClick={onEnlarge}
        />
      )}
    </figure>
  );
}
