/** What one can do with a tile: pin it, set its volume, hide it; shown while pointed at or focused. */
import { EllipsisVertical, EyeOff, MicOff, Pin, PinOff, Volume2 } from "lucide-preact";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import { Menu, MenuRow } from "@/ui/Menu";
import { viewingText } from "./viewing-strings";

export interface TileActions {
  onPin: (participant: ParticipantView) => void;
  onVolume: (participant: ParticipantView) => void;
  onHide: (participant: ParticipantView) => void;
  mayHide: (identity: string) => boolean;
  onHideSelf: () => void;
  /** Mutes for everyone; absent for those who may not. */
  onMute?: ((identity: string) => void) | undefined;
  mayMute?: ((participant: ParticipantView) => boolean) | undefined;
  /** Pins for everyone, or lets go; absent for those who may not. */
  onPinForAll?: ((participant: ParticipantView) => void) | undefined;
}

interface TileToolsProps extends TileActions {
  participant: ParticipantView;
  isPinned: boolean;
}

const ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;
const DOTS = <EllipsisVertical {...ICON} />;

function OwnTools({ participant, onHideSelf, onPinForAll }: TileToolsProps) {
  const t = viewingText();
  const pin = participant.isPinnedForAll ? t.unpinMeForAll : t.pinMeForAll;
  return (
    <>
      {onPinForAll !== undefined && participant.hasPlace && (
        <button
          type="button"
          class="tile-tool"
          aria-label={pin}
          aria-pressed={participant.isPinnedForAll}
          title={pin}
          onClick={() => onPinForAll(participant)}
        >
          {participant.isPinnedForAll ? <PinOff {...ICON} /> : <Pin {...ICON} />}
        </button>
      )}
      <button
        type="button"
        class="tile-tool"
        aria-label={t.hideSelf}
        title={t.hideSelf}
        onClick={onHideSelf}
      >
        <EyeOff {...ICON} />
      </button>
    </>
  );
}

function OthersTools(props: TileToolsProps) {
  const { participant, isPinned, onPin, onVolume, onMute, onPinForAll } = props;
  const t = viewingText();
  const name = callName(participant.name);
  const pin = isPinned ? t.unpin(name) : t.pin(name);
  return (
    <>
      <button
        type="button"
        class="tile-tool"
        aria-label={pin}
        aria-pressed={isPinned}
        title={pin}
        onClick={() => onPin(participant)}
      >
        {isPinned ? <PinOff {...ICON} /> : <Pin {...ICON} />}
      </button>
      <Menu label={t.tools(name)} buttonClass="tile-tool" face={DOTS}>
        <MenuRow icon={<Volume2 {...ICON} />} onClick={() => onVolume(participant)}>
          {t.volume}
        </MenuRow>
        {props.mayHide(participant.identity) && (
          <MenuRow icon={<EyeOff {...ICON} />} onClick={() => props.onHide(participant)}>
            {t.hide}
          </MenuRow>
        )}
        {onPinForAll !== undefined && participant.hasPlace && (
          <MenuRow icon={<Pin {...ICON} />} onClick={() => onPinForAll(participant)}>
            {participant.isPinnedForAll ? t.unpinForAll : t.pinForAll}
          </MenuRow>
        )}
        {onMute !== undefined && props.mayMute?.(participant) && participant.isMicrophoneOn && (
          <MenuRow icon={<MicOff {...ICON} />} onClick={() => onMute(participant.identity)}>
            {t.mute}
          </MenuRow>
        )}
      </Menu>
    </>
  );
}

/** The row of tools at the top right. */
export function TileTools(props: TileToolsProps) {
  return (
    <div class="tile-tools">
      {props.participant.isSelf ? <OwnTools {...props} /> : <OthersTools {...props} />}
    </div>
  );
}
