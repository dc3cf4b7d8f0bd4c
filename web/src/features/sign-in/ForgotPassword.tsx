/** Asking for a link to a new password. */

import { useMemo, useState } from "preact/hooks";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { forgotPassword } from "@/api/auth";
import { Frame, Way } from "@/features/sign-in/Frame";
import { LetterSent } from "@/features/sign-in/LetterSent";
import { signInText } from "@/features/sign-in/strings";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";

/** The page. */
export function ForgotPassword() {
  const text = signInText();
  const asking = useMemo(createAsking, []);
  const [email, setEmail] = useState("");
  const [isTried, setTried] = useState(false);
  const [isSent, setSent] = useState(false);
  if (isSent) {
    const line = text.sentLine(email.trim());
    return <LetterSent title={text.sentTitle} line={line} onAgain={() => setSent(false)} />;
  }
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() !== "") {
      setSent(await asking.run(() => forgotPassword(email.trim())));
    }
  };
  const missing = isTried && email.trim() === "" ? text.missing : undefined;
  const beside = errorBeside(asking, "email");
  return (
    <Frame
      title={text.forgotTitle}
      line={text.forgotLine}
      foot={<Way question={text.haveAccount} href="/login" label={text.signIn} />}
    >
      <form class="sign-in-form" noValidate onSubmit={(event) => void submit(event)}>
        <Field
          label={text.email}
          type="email"
          autoComplete="username"
          value={email}
          onValue={setEmail}
          error={missing ?? errorAt(asking, "email")}
        />
        {beside !== undefined && <FieldNote id="forgot-error" text={beside} isError />}
        <Button
          kind="primary"
          size="large"
          type="submit"
          busy={asking.isBusy.value && text.sending}
        >
          {text.send}
        </Button>
      </form>
    </Frame>
  );
}
