/** The next step of the landing page: a meeting at once, or one with a name. */

import "@/features/landing/ways.css";
import { ChevronDown, Video } from "lucide-preact";
import { useState } from "preact/hooks";
import type { LandingState } from "@/features/landing/state";
import { landingText } from "@/features/landing/strings";
import { classes } from "@/lib/class";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, FieldNote } from "@/ui/Field";
import { uiText } from "@/ui/strings";

const LONGEST_TITLE = 100;

export interface StartMeetingProps {
  state: LandingState;
  /** Whether it is the next step of the page; there is one. */
  isNext?: boolean;
  /** Smaller, beside other ways in. */
  isCompact?: boolean;
}

/** A split button: the wide part starts, the narrow part asks for a name first. */
export function StartMeeting({ state, isNext = true, isCompact = false }: StartMeetingProps) {
  const text = landingText();
  const size = isCompact ? "normal" : "huge";
  const kind = isNext ? "primary" : "soft";
  const [isNaming, setNaming] = useState(false);
  const error = state.startError.value;
  const isStarting = state.isStarting.value;
  return (
    <div class="field">
      <div class={classes("landing-split", isCompact && "landing-split-compact")}>
        <Button
          kind={kind}
          size={size}
          busy={isStarting && !isNaming && text.starting}
          onClick={() => state.start()}
        >
          <Video size={20} strokeWidth={1.75} aria-hidden="true" />
          {text.start}
        </Button>
        <Button
          kind={kind}
          size={size}
          aria-label={text.startNamed}
          title={text.startNamed}
          aria-haspopup="dialog"
          onClick={() => setNaming(true)}
        >
          <ChevronDown size={18} strokeWidth={1.9} aria-hidden="true" />
        </Button>
      </div>
      {error !== undefined && !isNaming && <FieldNote id="start-error" text={error} isError />}
      {isNaming && <NameMeeting state={state} onClose={() => setNaming(false)} />}
    </div>
  );
}

function NameMeeting({ state, onClose }: { state: LandingState; onClose: () => void }) {
  const text = landingText();
  const [title, setTitle] = useState("");
  const busy = state.isStarting.value && text.starting;
  return (
    <Dialog title={text.nameTitle} onClose={onClose}>
      <form
        class="mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          void state.start(title);
        }}
      >
        <Field
          label={text.nameLabel}
          hint={text.nameHint}
          error={state.startError.value}
          value={title}
          onValue={setTitle}
          maxLength={LONGEST_TITLE}
          autoComplete="off"
        />
        <div class="dialog-actions">
          <Button kind="plain" onClick={onClose}>
            {uiText().cancel}
          </Button>
          <Button kind="primary" type="submit" busy={busy}>
            {text.start}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
