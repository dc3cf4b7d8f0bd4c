/** Chooses what is also heard, besides being shown. */
import { CHIMES, chimeChoices } from "@/media/chimes";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Switch } from "@/ui/Switch";
import { soundText } from "./sound-strings";
import { spokenReactions } from "./viewing";

/** The dialog; what is chosen holds at once. */
export function ChimesDialog({ onClose }: { onClose: () => void }) {
  const t = soundText();
  return (
    <Dialog
      title={t.chimes}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      {CHIMES.map((chime) => (
        <Switch
          key={chime}
          label={t.chimeNames[chime]}
          hint={t.chimeHints[chime]}
          isOn={chimeChoices[chime].isOn}
          onTurn={(isOn) => chimeChoices[chime].turn(isOn)}
        />
      ))}
      <Switch
        label={t.spokenReactions}
        hint={t.spokenReactionsHint}
        isOn={spokenReactions.isOn}
        onTurn={(isOn) => spokenReactions.turn(isOn)}
      />
    </Dialog>
  );
}
