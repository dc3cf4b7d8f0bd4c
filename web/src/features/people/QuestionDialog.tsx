/** Asks before somebody is removed, banned or made the host, and says why it did not work. */
import { useMemo } from "preact/hooks";
import { createAsking } from "@/api/asking";
import type { Moderation } from "@/api/moderation";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";
import { peopleText } from "./strings";

export interface Question {
  about: "remove" | "ban" | "handOver";
  participant: ParticipantView;
}

function wordsOf({ about, participant }: Question) {
  const t = peopleText();
  const name = callName(participant.name);
  return {
    remove: { title: t.removeAsk(name), line: t.removeLine, verb: t.remove, busy: t.removing },
    ban: { title: t.banAsk(name), line: t.banLine, verb: t.ban, busy: t.banning },
    handOver: {
      title: t.handOverAsk(name),
      line: t.handOverLine,
      verb: t.handOver,
      busy: t.handingOver,
    },
  }[about];
}

interface QuestionDialogProps {
  question: Question;
  moderation: Moderation;
  onClose: () => void;
}

/** Closes by itself once it is done. */
export function QuestionDialog({ question, moderation, onClose }: QuestionDialogProps) {
  const asking = useMemo(createAsking, []);
  const words = wordsOf(question);
  const confirm = async () => {
    if (await asking.run(() => moderation[question.about](question.participant.identity))) {
      onClose();
    }
  };
  const error = asking.error.value;
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button kind="plain" onClick={onClose}>
            {peopleText().back}
          </Button>
          <Button
            kind={question.about === "handOver" ? "primary" : "danger"}
            busy={asking.isBusy.value && words.busy}
            onClick={() => void confirm()}
          >
            {words.verb}
          </Button>
        </>
      }
    >
      <p class="dialog-line">{words.line}</p>
      {error !== undefined && <FieldNote id="question-error" text={error} isError />}
    </Dialog>
  );
}
