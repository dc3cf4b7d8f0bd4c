/** Asks for the name, the description and the size of a room, or deletes it. */

import { useMemo, useState } from "preact/hooks";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { changeRoom, deleteRoom, type RoomChange } from "@/api/own-room";
import { roomsText } from "@/features/rooms/strings";
import type { KnownRoom } from "@/features/rooms/visit";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, FieldNote } from "@/ui/Field";

export interface RenameProps {
  known: KnownRoom;
  onClose: () => void;
  /** Somebody else was faster: what is known of the room is read again. */
  onStale: () => void;
  onGone: () => void;
}

/** The dialog, and the question before a room is deleted. */
export function Rename({ known, onClose, onStale, onGone }: RenameProps) {
  const [isRemoving, setRemoving] = useState(false);
  return isRemoving ? (
    <Remove known={known} onClose={() => setRemoving(false)} onGone={onGone} />
  ) : (
    <Form known={known} onClose={onClose} onStale={onStale} onRemove={() => setRemoving(true)} />
  );
}

interface FormProps extends Pick<RenameProps, "known" | "onClose" | "onStale"> {
  onRemove: () => void;
}

function Form({ known, onClose, onStale, onRemove }: FormProps) {
  const text = roomsText();
  const { details, tag } = known;
  const asking = useMemo(createAsking, []);
  // What others change meanwhile stays as they have it: only what is typed here is sent.
  const [opened] = useState(details);
  const [title, setTitle] = useState(opened.title);
  const [description, setDescription] = useState(opened.description ?? "");
  const [size, setSize] = useState(String(opened.max_users));
  const isSize = /^[1-9]\d{0,4}$/.test(size);
  const save = async (event: Event) => {
    event.preventDefault();
    if (!isSize) {
      return;
    }
    const about = description.trim() || null;
    const typed = { title: title.trim(), description: about, max_users: Number(size) };
    if (await asking.run(() => changeRoom(opened.code, changedOf(typed, opened), tag))) {
      onClose();
    } else if (asking.failure.peek()?.code === "changed_meanwhile") {
      onStale();
    }
  };
  const beside = errorBeside(asking, "title", "max_users");
  return (
    <Dialog title={text.rename} onClose={onClose}>
      <form class="rooms-form" noValidate onSubmit={(event) => void save(event)}>
        <Field
          label={text.name}
          maxLength={200}
          autoComplete="off"
          value={title}
          onValue={setTitle}
          error={errorAt(asking, "title")}
        />
        <Field
          label={text.description}
          maxLength={500}
          autoComplete="off"
          value={description}
          onValue={setDescription}
        />
        <Field
          label={text.size}
          inputMode="numeric"
          autoComplete="off"
          value={size}
          onValue={setSize}
          error={isSize ? errorAt(asking, "max_users") : text.sizeWrong}
        />
        {beside !== undefined && <FieldNote id="rename-error" text={beside} isError />}
        <div class="dialog-actions">
          <Button kind="plain" onClick={onRemove}>
            {text.remove}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button kind="primary" type="submit" busy={asking.isBusy.value && text.saving}>
            {text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Named = Pick<RoomChange, "title" | "description" | "max_users">;

function changedOf(typed: Named, opened: Named): Partial<Named> {
  const { title, description = null, max_users } = typed;
  return {
    ...(title !== opened.title && { title }),
    ...(description !== (opened.description ?? null) && { description }),
    ...(max_users !== opened.max_users && { max_users }),
  };
}

function Remove({ known, onClose, onGone }: Omit<RenameProps, "onStale">) {
  const text = roomsText();
  const asking = useMemo(createAsking, []);
  const { code, title } = known.details;
  const remove = async () => {
    if (await asking.run(() => deleteRoom(code))) {
      onGone();
    }
  };
  const error = asking.error.value;
  return (
    <Dialog
      title={text.removeTitle(title === "" ? code : title)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button
            kind="danger"
            busy={asking.isBusy.value && text.removing}
            onClick={() => void remove()}
          >
            {text.remove}
          </Button>
        </>
      }
    >
      <p class="dialog-line">{text.removeLine}</p>
      {error !== undefined && <FieldNote id="remove-error" text={error} isError />}
    </Dialog>
  );
}
