/** The list of keys over a meeting. */
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ShortcutList } from "@/ui/ShortcutList";
import { shortcutText } from "@/ui/shortcut-strings";
import { meetingText } from "./strings";

/** A dialog with all shortcuts. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title={shortcutText().title}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {meetingText().close}
        </Button>
      }
    >
      <ShortcutList />
    </Dialog>
  );
}
