/** Asking for an account, and waiting for the letter; the words are the same for every address. */

import { useMemo, useState } from "preact/hooks";
import { type Asking, createAsking, errorAt, errorBeside } from "@/api/asking";
import { type Registration, register } from "@/api/auth";
import { Frame, Way } from "@/features/sign-in/Frame";
import { LetterSent } from "@/features/sign-in/LetterSent";
import { useSignInOptions } from "@/features/sign-in/options";
import { signInText } from "@/features/sign-in/strings";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

const EMPTY: Registration = { email: "", password: "", first_name: "", last_name: "" };

/** The page. */
export function SignUp() {
  const text = signInText();
  const asking = useMemo(createAsking, []);
  const [wish, setWish] = useState<Registration>(EMPTY);
  const [isSent, setSent] = useState(false);
  if (isSent) {
    return (
      <LetterSent
        title={text.letterTitle}
        line={text.letterLine(wish.email)}
        onAgain={() => setSent(false)}
      />
    );
  }
  const submit = async (given: Registration) => {
    setWish(given);
    setSent(await asking.run(() => register(given)));
  };
  return <Form asking={asking} given={wish} onSubmit={submit} />;
}

interface FormProps {
  asking: Asking;
  given: Registration;
  onSubmit: (given: Registration) => Promise<void>;
}

function Form({ asking, given, onSubmit }: FormProps) {
  const text = signInText();
  const options = useSignInOptions();
  const [wish, setWish] = useState(given);
  const [isTried, setTried] = useState(false);
  const put = (part: keyof Registration) => (value: string) => setWish({ ...wish, [part]: value });
  const wrong = (part: keyof Registration) =>
    isTried && wish[part].trim() === "" ? text.missing : errorAt(asking, part);
  const beside = errorBeside(asking, "email", "password", "first_name", "last_name");
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (Object.values(wish).every((value) => value.trim() !== "")) {
      void onSubmit({ ...wish, email: wish.email.trim() });
    }
  };
  const name = { value: wish.first_name, onValue: put("first_name"), error: wrong("first_name") };
  const last = { value: wish.last_name, onValue: put("last_name"), error: wrong("last_name") };
  const email = { value: wish.email, onValue: put("email"), error: wrong("email") };
  const password = { value: wish.password, onValue: put("password"), error: wrong("password") };
  return (
    <Frame
      title={text.signUpTitle}
      line={text.signUpLine}
      foot={<Way question={text.haveAccount} href="/login" label={text.signIn} />}
    >
      <form class="sign-in-form" noValidate onSubmit={submit}>
        <div class="sign-in-names">
          <Field label={text.firstName} autoComplete="given-name" maxLength={100} {...name} />
          <Field label={text.lastName} autoComplete="family-name" maxLength={100} {...last} />
        </div>
        <Field label={text.email} type="email" autoComplete="username" {...email} />
        <PasswordField
          label={text.password}
          hint={text.passwordHint(options.password_characters)}
          autoComplete="new-password"
          {...password}
        />
        {beside !== undefined && <FieldNote id="sign-up-error" text={beside} isError />}
        <Button
          kind="primary"
          size="large"
          type="submit"
          busy={asking.isBusy.value && text.signingUp}
        >
          {text.signUp}
        </Button>
      </form>
    </Frame>
  );
}
