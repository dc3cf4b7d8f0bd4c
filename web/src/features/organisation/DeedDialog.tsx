/** Asks before somebody loses something, and says why it did not work. */

import type { Colleague } from "@/api/organisation";
import type { Deed, PeopleState } from "@/features/organisation/state";
import { organisationText } from "@/features/organisation/strings";
import { callName, fullName } from "@/lib/person";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";

function wordsOf(deed: Deed, person: Colleague) {
  const text = organisationText();
  const name = callName(fullName(person));
  return {
    stepDown: { title: text.stepDownAsk, line: text.stepDownLine, verb: text.stepDown },
    signOut: { title: text.signOutAsk(name), line: text.signOutLine, verb: text.signOutVerb },
    close: { title: text.closeAsk(name), line: text.closeLine, verb: text.closeVerb },
    remove: { title: text.removeAsk(name), line: text.removeLine, verb: text.removeVerb },
  }[deed];
}

interface DeedDialogProps {
  state: PeopleState;
  deed: Deed;
  person: Colleague;
  onClose: () => void;
}

/** The dialog; closes by itself once it is done. */
export function DeedDialog({ state, deed, person, onClose }: DeedDialogProps) {
  const text = organisationText();
  const words = wordsOf(deed, person);
  const error = state.changing.error.value;
  const confirm = async () => {
    if (await state.carryOut(deed, person)) {
      onClose();
    }
  };
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button kind="plain" onClick={onClose}>
            {text.back}
          </Button>
          <Button
            kind={deed === "remove" || deed === "close" ? "danger" : "primary"}
            busy={state.changing.isBusy.value && text.working}
            onClick={() => void confirm()}
          >
            {words.verb}
          </Button>
        </>
      }
    >
      <p class="organisation-dialog-line">{words.line}</p>
      {error !== undefined && <FieldNote id="deed-error" text={error} isError />}
    </Dialog>
  );
}
