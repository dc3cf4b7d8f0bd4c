/** Sets how loud one person is for oneself; what one drags is heard at once. */
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import type { Volumes } from "@/media/volumes";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Slider } from "@/ui/Slider";
import { viewingText } from "./viewing-strings";

interface VolumeDialogProps {
  participant: ParticipantView;
  volumes: Volumes;
  onClose: () => void;
}

/** The dialog. */
export function VolumeDialog({ participant, volumes, onClose }: VolumeDialogProps) {
  const t = viewingText();
  const volume = volumes.of(participant.identity);
  return (
    <Dialog
      title={t.volumeOf(callName(participant.name))}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      <Slider
        label={t.volumeHint}
        value={volume}
        words={t.percent(volume)}
        onValue={(value) => volumes.set(participant.identity, value)}
      />
    </Dialog>
  );
}
