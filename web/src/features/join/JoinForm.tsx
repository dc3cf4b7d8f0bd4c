/** Title, who is inside, the name and the button that leads in. */

import { Headphones } from "lucide-preact";
import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { explainFailure } from "@/api/failure-text";
import type { RoomView } from "@/api/rooms";
import { Inside } from "@/features/join/Inside";
import type { Preview } from "@/features/join/preview";
import type { Join } from "@/features/join/state";
import { joinText, roomText } from "@/features/join/strings";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";
import { usePage } from "@/ui/page";

const LONGEST_NAME = 100;
const SOUND_ONLY = "sound-only";

interface JoinFormProps {
  join: Join;
  preview: Preview;
  room: RoomView;
  name: string;
  /** So many are inside that one comes in muted. */
  isLarge?: boolean;
  onName: (name: string) => void;
  /** Asks for a token and goes in, with pictures or without any. */
  onJoin: (isSoundOnly: boolean, password: string) => void;
}

function joinLabel(preview: Preview): string {
  const text = joinText();
  const hasFailed = (kind: "camera" | "microphone") =>
    preview.state(kind).value.status === "failed";
  if (hasFailed("camera")) {
    return hasFailed("microphone") ? text.joinWithoutBoth : text.joinWithoutCamera;
  }
  return hasFailed("microphone") ? text.joinWithoutMicrophone : text.join;
}

/** The right side of the page. */
export function JoinForm(props: JoinFormProps) {
  const { join, preview, room, name, isLarge = false, onName, onJoin } = props;
  const text = joinText();
  const title = room.title === "" ? roomText().untitled : room.title;
  const heading = usePage(title);
  const [isMissing, setMissing] = useState(false);
  const [password, setPassword] = useState("");
  const refusal = join.refusal.value;
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const isNameless = name.trim() === "";
    setMissing(isNameless);
    if (isNameless) {
      event.currentTarget.querySelector("input")?.focus();
      return;
    }
    const pressed = event.submitter as HTMLButtonElement | null;
    onJoin(pressed?.value === SOUND_ONLY, password);
  };
  return (
    <section>
      <p class="text-13 font-medium text-ink-3">{join.isHost ? text.host : room.code}</p>
      <h1 ref={heading} tabIndex={-1} class="page-title mt-1.5" dir="auto">
        {title}
      </h1>
      <Inside room={room} />
      {isLarge && preview.state("microphone").value.status === "off" && (
        <p class="note mb-4" role="status">
          {text.large}
        </p>
      )}
      <form noValidate onSubmit={submit}>
        <Field
          label={text.name}
          hint={text.nameHint}
          size="large"
          name="name"
          autoComplete="name"
          maxLength={LONGEST_NAME}
          value={name}
          onValue={onName}
          error={isMissing && name.trim() === "" ? text.nameMissing : undefined}
        />
        {join.hasPassword.value && (
          <div class="mt-4">
            <PasswordField
              label={text.password}
              autoComplete="off"
              value={password}
              onValue={setPassword}
            />
          </div>
        )}
        {refusal !== undefined && (
          <p class="note note-danger mt-4" role="alert">
            {explainFailure(refusal)}
          </p>
        )}
        <Button
          type="submit"
          kind="primary"
          size="huge"
          class="mt-4 w-full"
          busy={join.isJoining.value && text.joining}
        >
          {joinLabel(preview)}
        </Button>
        <div class="mt-3 flex justify-center">
          <Button type="submit" kind="quiet" value={SOUND_ONLY} disabled={join.isJoining.value}>
            <Headphones size={18} strokeWidth={1.9} aria-hidden="true" />
            {text.soundOnly}
          </Button>
        </div>
      </form>
    </section>
  );
}
