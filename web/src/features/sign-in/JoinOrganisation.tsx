/** The page that a letter of invitation opens: a name and a password make the account. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { beginSession } from "@/api/account-session";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { logIn } from "@/api/auth";
import { acceptInvitation, type InvitationSeen, lookAtInvitation } from "@/api/organisation";
import { Frame } from "@/features/sign-in/Frame";
import { joiningText } from "@/features/sign-in/joining-strings";
import { useSignInOptions } from "@/features/sign-in/options";
import { signInText } from "@/features/sign-in/strings";
import { useLinkToken } from "@/lib/link-token";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { Message } from "@/ui/Message";
import { PasswordField } from "@/ui/PasswordField";
import { uiText } from "@/ui/strings";

/** The page. */
export function JoinOrganisation() {
  const token = useLinkToken();
  return token === undefined ? (
    <Refused line={signInText().incomplete} />
  ) : (
    <Opened key={token} token={token} />
  );
}

function Opened({ token }: { token: string }) {
  const text = joiningText();
  const asking = useMemo(createAsking, []);
  const [seen, setSeen] = useState<InvitationSeen>();
  const look = () =>
    void asking.run(async () => {
      setSeen(await lookAtInvitation(token));
    });
  useEffect(look, []);
  if (seen !== undefined) {
    return <Joining token={token} seen={seen} />;
  }
  const failure = asking.failure.value;
  if (failure === undefined) {
    return <Message title={text.opening} mark="walking" />;
  }
  const line = failure.code === "link_spent" ? text.spent : (asking.error.value ?? "");
  return <Refused line={line} onRetry={failure.isPassing ? look : undefined} />;
}

function Refused({ line, onRetry }: { line: string; onRetry?: (() => void) | undefined }) {
  return (
    <Message
      title={joiningText().refused}
      mark="away"
      actions={
        <>
          {onRetry !== undefined && (
            <Button kind="primary" size="large" onClick={onRetry}>
              {uiText().retry}
            </Button>
          )}
          <a
            class={`button button-large ${onRetry === undefined ? "button-primary" : "button-secondary"}`}
            href="/login"
          >
            {signInText().toSignIn}
          </a>
        </>
      }
    >
      {line}
    </Message>
  );
}

function Joining({ token, seen }: { token: string; seen: InvitationSeen }) {
  const text = joiningText();
  const words = signInText();
  const { route } = useLocation();
  const options = useSignInOptions();
  const asking = useMemo(createAsking, []);
  const [chosen, setChosen] = useState({ first_name: "", last_name: "", password: "" });
  const [isTried, setTried] = useState(false);
  const isAccepted = useRef(false);
  if (asking.failure.value?.code === "link_spent") {
    return <Refused line={text.spent} />;
  }
  const join = async () => {
    // The link works once: whoever tries again after that has the account already.
    if (!isAccepted.current) {
      await acceptInvitation({ token, ...chosen });
      isAccepted.current = true;
    }
    await beginSession(await logIn({ email: seen.email, password: chosen.password }));
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    const isWhole = Object.values(chosen).every((value) => value.trim() !== "");
    if (isWhole && (await asking.run(join))) {
      route("/", true);
    }
  };
  const field = (part: keyof typeof chosen) => ({
    value: chosen[part],
    onValue: (value: string) => setChosen({ ...chosen, [part]: value }),
    error: isTried && chosen[part].trim() === "" ? words.missing : errorAt(asking, part),
  });
  const beside = errorBeside(asking, "first_name", "last_name", "password");
  return (
    <Frame title={text.title(seen.organisation)} line={text.line(seen.email)}>
      <form class="sign-in-form" noValidate onSubmit={(event) => void submit(event)}>
        {/* What keepers of passwords note with the new one. */}
        <input type="hidden" autoComplete="username" value={seen.email} />
        <div class="sign-in-names">
          <Field
            label={words.firstName}
            autoComplete="given-name"
            maxLength={100}
            {...field("first_name")}
          />
          <Field
            label={words.lastName}
            autoComplete="family-name"
            maxLength={100}
            {...field("last_name")}
          />
        </div>
        <PasswordField
          label={words.password}
          hint={words.passwordHint(options.password_characters)}
          autoComplete="new-password"
          {...field("password")}
        />
        {beside !== undefined && <FieldNote id="join-error" text={beside} isError />}
        <Button
          kind="primary"
          size="large"
          type="submit"
          busy={asking.isBusy.value && text.joining}
        >
          {text.join}
        </Button>
      </form>
    </Frame>
  );
}
