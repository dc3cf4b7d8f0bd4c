/** The page that the letter about a new password opens. */

import { useMemo, useState } from "preact/hooks";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { resetPassword } from "@/api/auth";
import { Frame } from "@/features/sign-in/Frame";
import { useSignInOptions } from "@/features/sign-in/options";
import { signInText } from "@/features/sign-in/strings";
import { useLinkToken } from "@/lib/link-token";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { Message } from "@/ui/Message";
import { PasswordField } from "@/ui/PasswordField";

/** Takes the new password, unless the link is none that works. */
export function ResetPassword() {
  const token = useLinkToken();
  return <NewPassword key={token} token={token} />;
}

function NewPassword({ token }: { token: string | undefined }) {
  const text = signInText();
  const options = useSignInOptions();
  const asking = useMemo(createAsking, []);
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <Message
        title={text.resetDone}
        mark="seated"
        actions={
          <a class="button button-primary button-large" href="/login">
            {text.toSignIn}
          </a>
        }
      >
        {text.resetDoneLine}
      </Message>
    );
  }
  if (token === undefined || asking.failure.value?.code === "link_spent") {
    return (
      <Message
        title={text.notVerified}
        mark="away"
        actions={
          <a class="button button-primary button-large" href="/forgot-password">
            {text.askAgain}
          </a>
        }
      >
        {asking.error.value ?? text.incomplete}
      </Message>
    );
  }
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (password !== "") {
      setDone(await asking.run(() => resetPassword(token, password)));
    }
  };
  const missing = isTried && password === "" ? text.missing : undefined;
  const beside = errorBeside(asking, "password");
  return (
    <Frame title={text.resetTitle} line={text.resetLine}>
      <form class="sign-in-form" noValidate onSubmit={(event) => void submit(event)}>
        <PasswordField
          label={text.newPassword}
          hint={text.passwordHint(options.password_characters)}
          autoComplete="new-password"
          value={password}
          onValue={setPassword}
          error={missing ?? errorAt(asking, "password")}
        />
        {beside !== undefined && <FieldNote id="reset-error" text={beside} isError />}
        <Button kind="primary" size="large" type="submit" busy={asking.isBusy.value && text.saving}>
          {text.save}
        </Button>
      </form>
    </Frame>
  );
}
