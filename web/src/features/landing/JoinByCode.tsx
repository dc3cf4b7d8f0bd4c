/** The way in for people who were given a code or a link. */

import "@/features/landing/ways.css";
import { useState } from "preact/hooks";
import type { LandingState } from "@/features/landing/state";
import { landingText } from "@/features/landing/strings";
import { classes } from "@/lib/class";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";

export interface JoinByCodeProps {
  state: LandingState;
  /** Smaller, beside other ways in. */
  isCompact?: boolean;
}

/** A field with its button inside. */
export function JoinByCode({ state, isCompact = false }: JoinByCodeProps) {
  const text = landingText();
  const [input, setInput] = useState("");
  return (
    <form
      class={classes("landing-join", isCompact && "landing-join-compact")}
      onSubmit={(event) => {
        event.preventDefault();
        state.join(input);
      }}
    >
      <Field
        label={text.code}
        labelHidden
        placeholder={isCompact ? text.codeShort : text.code}
        size={isCompact ? "normal" : "large"}
        value={input}
        error={state.codeError.value}
        onValue={(value) => {
          setInput(value);
          state.clearCodeError();
        }}
        autoComplete="off"
      />
      <Button kind={isCompact ? "quiet" : "soft"} type="submit">
        {text.join}
      </Button>
    </form>
  );
}
