/** Signing in: password, then a one-time code where the account needs one; or a passkey. */

import { KeyRound } from "lucide-preact";
import { useMemo, useState } from "preact/hooks";
import { beginSession } from "@/api/account-session";
import { type Asking, createAsking, errorBeside } from "@/api/asking";
import { beginPasskeyLogIn, type Credentials, logIn, logInWithPasskey } from "@/api/auth";
import { CodeStep } from "@/features/sign-in/CodeStep";
import { Frame, Way } from "@/features/sign-in/Frame";
import { useSignInOptions } from "@/features/sign-in/options";
import { ProviderDoor, ProviderFailure } from "@/features/sign-in/ProviderDoor";
import { signInText } from "@/features/sign-in/strings";
import { canUsePasskeys, getPasskey } from "@/lib/passkey";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

/** The page; whoever shows it sees in the session that somebody came in. */
export function SignIn() {
  const [given, setGiven] = useState<Credentials>();
  const asking = useMemo(createAsking, []);
  const enter = async (credentials: Credentials) => {
    await asking.run(async () => beginSession(await logIn(credentials)));
    if (asking.failure.peek()?.code === "one_time_code_needed") {
      asking.clear();
      setGiven(credentials);
    }
  };
  if (given !== undefined) {
    const onBack = () => {
      asking.clear();
      setGiven(undefined);
    };
    return (
      <CodeStep asking={asking} onCode={(code) => enter({ ...given, code })} onBack={onBack} />
    );
  }
  return <PasswordStep asking={asking} onEnter={enter} />;
}

interface PasswordStepProps {
  asking: Asking;
  onEnter: (credentials: Credentials) => Promise<void>;
}

function PasswordStep({ asking, onEnter }: PasswordStepProps) {
  const text = signInText();
  const options = useSignInOptions();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const missing = (value: string) => (isTried && value === "" ? text.missing : undefined);
  const error = errorBeside(asking);
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() !== "" && password !== "") {
      void onEnter({ email: email.trim(), password });
    }
  };
  return (
    <Frame
      title={text.title}
      line={text.line}
      foot={
        options.is_registration_open && (
          <Way question={text.noAccount} href="/register" label={text.signUp} />
        )
      }
    >
      <form class="sign-in-form" noValidate onSubmit={submit}>
        <ProviderFailure />
        <Field
          label={text.email}
          type="email"
          name="email"
          autoComplete="username webauthn"
          value={email}
          onValue={setEmail}
          error={missing(email)}
        />
        <PasswordField
          label={text.password}
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={missing(password)}
          aside={
            <a class="link" href="/forgot-password">
              {text.forgot}
            </a>
          }
        />
        {error !== undefined && <FieldNote id="sign-in-error" text={error} isError />}
        <Button
          kind="primary"
          size="large"
          type="submit"
          busy={asking.isBusy.value && text.signingIn}
        >
          {text.signIn}
        </Button>
        {(options.oidc_name !== null || canUsePasskeys()) && (
          <div class="sign-in-or">{text.or}</div>
        )}
        {options.oidc_name !== null && <ProviderDoor name={options.oidc_name} />}
        {canUsePasskeys() && <PasskeyDoor />}
        <Way question={text.guest} href="/" label={text.guestLink} />
      </form>
    </Frame>
  );
}

function PasskeyDoor() {
  const text = signInText();
  const asking = useMemo(createAsking, []);
  const [isNone, setNone] = useState(false);
  const enter = async () => {
    setNone(false);
    await asking.run(async () => {
      const { ceremony, options } = await beginPasskeyLogIn();
      const credential = await getPasskey(options);
      if (credential === undefined) {
        setNone(true);
      } else {
        await beginSession(await logInWithPasskey(ceremony, credential));
      }
    });
  };
  const error = asking.error.value ?? (isNone ? text.passkeyNone : undefined);
  return (
    <>
      <Button
        size="large"
        class="sign-in-wide"
        busy={asking.isBusy.value && text.signingIn}
        onClick={() => void enter()}
      >
        <KeyRound size={20} strokeWidth={1.75} aria-hidden="true" />
        {text.passkey}
      </Button>
      {error !== undefined && <FieldNote id="passkey-error" text={error} isError />}
    </>
  );
}
