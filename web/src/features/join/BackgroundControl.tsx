/** The button on the preview that chooses what stands behind oneself. */
import { WandSparkles } from "lucide-preact";
import { useState } from "preact/hooks";
import type { OwnPicture } from "@/features/join/backdrop";
import { Picture } from "@/features/join/Picture";
import { backgroundChoice, canChangeBackground, PICTURES } from "@/media/background-choice";
import { BackgroundChoices } from "@/ui/BackgroundChoices";
import { BarButton } from "@/ui/BarButton";
import { Button } from "@/ui/Button";
import { backgroundText } from "@/ui/background-strings";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";

function BackgroundDialog({ picture, onClose }: { picture: OwnPicture; onClose: () => void }) {
  const t = backgroundText();
  const { track, status } = picture;
  const line = track === undefined ? t.cameraOff : t.line;
  return (
    <Dialog
      title={t.title}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      {track !== undefined && (
        <div class="background-preview">
          <Picture track={track} />
        </div>
      )}
      <p class="dialog-line" role="status">
        {status === "preparing" ? t.loading : line}
      </p>
      {status === "failed" && <FieldNote id="background-failed" text={t.failed} isError />}
      <BackgroundChoices
        choices={backgroundChoice.choices}
        chosen={backgroundChoice.now.value}
        pictures={PICTURES}
        disabled={false}
        onChoose={(background) => backgroundChoice.choose(background)}
      />
    </Dialog>
  );
}

/** The button and its dialog; nothing where the browser cannot change a background. */
export function BackgroundControl({ picture }: { picture: OwnPicture }) {
  const [isOpen, setOpen] = useState(false);
  if (!canChangeBackground) {
    return null;
  }
  return (
    <>
      <BarButton
        label={backgroundText().title}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <WandSparkles size={20} strokeWidth={1.75} aria-hidden="true" />
      </BarButton>
      {isOpen && <BackgroundDialog picture={picture} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What stands behind oneself, in words, on the picture. */
export function BackgroundTag({ picture }: { picture: OwnPicture }) {
  const t = backgroundText();
  if (picture.status === "bare") {
    return null;
  }
  const name = t.names[backgroundChoice.now.value];
  const words = { preparing: t.loading, changed: t.behind(name), failed: t.failed };
  return (
    <span class="tag preview-tag" role="status">
      <WandSparkles size={16} strokeWidth={2} aria-hidden="true" />
      {words[picture.status]}
    </span>
  );
}
