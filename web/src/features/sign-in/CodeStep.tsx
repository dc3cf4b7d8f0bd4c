/** The second step of signing in, for accounts that ask for a one-time code. */

import { useState } from "preact/hooks";
import { type Asking, errorAt, errorBeside } from "@/api/asking";
import { Frame } from "@/features/sign-in/Frame";
import { signInText } from "@/features/sign-in/strings";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";

export interface CodeStepProps {
  asking: Asking;
  onCode: (code: string) => Promise<void>;
  onBack: () => void;
}

/** The page. */
export function CodeStep({ asking, onCode, onBack }: CodeStepProps) {
  const text = signInText();
  const [code, setCode] = useState("");
  const [isTried, setTried] = useState(false);
  const missing = isTried && code.trim() === "" ? text.missing : undefined;
  const beside = errorBeside(asking, "code");
  return (
    <Frame title={text.codeTitle} line={text.codeLine}>
      <form
        class="sign-in-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (code.trim() !== "") {
            void onCode(code.trim());
          }
        }}
      >
        <Field
          label={text.code}
          hint={text.codeHint}
          autoComplete="one-time-code"
          value={code}
          onValue={setCode}
          maxLength={40}
          error={missing ?? errorAt(asking, "code")}
        />
        {beside !== undefined && <FieldNote id="code-error" text={beside} isError />}
        <Button
          kind="primary"
          size="large"
          type="submit"
          busy={asking.isBusy.value && text.signingIn}
        >
          {text.signIn}
        </Button>
        <Button kind="plain" onClick={onBack}>
          {text.otherAccount}
        </Button>
      </form>
    </Frame>
  );
}
