/** The way in for people who were given a code or a link. */

import "@/features/landing/ways.css";
import { useState } from "preact/hooks";
import type { LandingState } from "@/features/landing/state";
import { landingText } from "@/features/landing/strings";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";

/** A field with its button inside. */
export function JoinByCode({ state }: { state: LandingState }) {
  const text = landingText();
  const [input, setInput] = useState("");
  return (
    <form
      class="landing-join"
      onSubmit={(event) => {
        event.preventDefault();
        state.join(input);
      }}
    >
      <Field
        label={text.code}
        labelHidden
        placeholder={text.code}
        size="large"
        value={input}
        error={state.codeError.value}
        onValue={(value) => {
          setInput(value);
          state.clearCodeError();
        }}
        autoComplete="off"
      />
      <Button kind="soft" type="submit">
        {text.join}
      </Button>
    </form>
  );
}
