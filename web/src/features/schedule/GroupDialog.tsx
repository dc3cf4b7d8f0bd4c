/** Asks for the name and the people of a group. */

import { useId, useMemo, useState } from "preact/hooks";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { createGroup, type Group, replaceGroup } from "@/api/inviting";
import { readAddresses } from "@/features/schedule/draft";
import { groupText } from "@/features/schedule/group-strings";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, FieldNote } from "@/ui/Field";

export interface GroupDialogProps {
  /** The group that is changed; a new one without it. */
  group: Group | undefined;
  onClose: () => void;
  onSaved: () => void;
}

/** The dialog. */
export function GroupDialog({ group, onClose, onSaved }: GroupDialogProps) {
  const text = groupText();
  const id = useId();
  const asking = useMemo(createAsking, []);
  const [name, setName] = useState(group?.name ?? "");
  const [people, setPeople] = useState(() => group?.members.map(lineOf).join("\n") ?? "");
  const [isTried, setTried] = useState(false);
  const { named, left } = readAddresses(people);
  const save = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || left !== "") {
      return;
    }
    const members = named.map(({ email = "", name: own }) => ({ email, name: own || null }));
    const wanted = { name: name.trim(), members };
    void asking
      .run(() => (group === undefined ? createGroup(wanted) : replaceGroup(group.id, wanted)))
      .then((isDone) => isDone && onSaved());
  };
  const wrong = isTried && left !== "";
  const beside = errorBeside(asking, "name");
  return (
    <Dialog
      title={group === undefined ? text.createTitle : text.edit(group.name)}
      onClose={onClose}
    >
      <form class="schedule-group" noValidate onSubmit={save}>
        <Field
          label={text.name}
          maxLength={100}
          autoComplete="off"
          value={name}
          onValue={setName}
          error={isTried && name.trim() === "" ? text.nameMissing : errorAt(asking, "name")}
        />
        <div class="field">
          <label class="field-label" for={id}>
            {text.people}
          </label>
          <textarea
            id={id}
            class="input schedule-agenda"
            rows={5}
            value={people}
            aria-invalid={wrong}
            aria-describedby={`${id}-note`}
            onInput={(event) => setPeople(event.currentTarget.value)}
          />
          <FieldNote
            id={`${id}-note`}
            text={wrong ? text.peopleWrong(left) : text.peopleHint}
            isError={wrong}
          />
        </div>
        {beside !== undefined && <FieldNote id="group-error" text={beside} isError />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button kind="primary" type="submit" busy={asking.isBusy.value && text.saving}>
            {text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function lineOf({ email, name }: Group["members"][number]): string {
  return name === "" ? email : `${name} <${email}>`;
}
