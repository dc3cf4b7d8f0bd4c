/** Changes what one is called in this meeting; an account keeps its own name. */
import { useId, useMemo, useState } from "preact/hooks";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, FieldNote } from "@/ui/Field";
import { peopleText } from "./strings";

const LONGEST_NAME = 100;

interface RenameDialogProps {
  name: string;
  onRename: (name: string) => Promise<void>;
  onClose: () => void;
}

/** Closes by itself once it is done. */
export function RenameDialog({ name, onRename, onClose }: RenameDialogProps) {
  const t = peopleText();
  const form = useId();
  const asking = useMemo(createAsking, []);
  const [wanted, setWanted] = useState(name);
  const [isTried, setTried] = useState(false);
  const isMissing = wanted.trim() === "";
  const save = async () => {
    setTried(true);
    if (!isMissing && (await asking.run(() => onRename(wanted.trim())))) {
      onClose();
    }
  };
  const error = errorBeside(asking, "name");
  return (
    <Dialog
      title={t.rename}
      onClose={onClose}
      actions={
        <>
          <Button kind="plain" onClick={onClose}>
            {t.back}
          </Button>
          <Button type="submit" form={form} kind="primary" busy={asking.isBusy.value && t.saving}>
            {t.save}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t.name}
          hint={t.nameLine}
          name="name"
          autoComplete="name"
          maxLength={LONGEST_NAME}
          value={wanted}
          onValue={setWanted}
          error={isTried && isMissing ? t.nameMissing : errorAt(asking, "name")}
        />
      </form>
      {error !== undefined && <FieldNote id="rename-error" text={error} isError />}
    </Dialog>
  );
}
