/** The page that the verification letter opens. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { verifyEmail } from "@/api/auth";
import { signInText } from "@/features/sign-in/strings";
import { useLinkToken } from "@/lib/link-token";
import { Button } from "@/ui/Button";
import { Message } from "@/ui/Message";
import { uiText } from "@/ui/strings";

/** Proves the address as soon as it opens, and says how that went. */
export function VerifyEmail() {
  const token = useLinkToken();
  return <Proof key={token} token={token} />;
}

function Proof({ token }: { token: string | undefined }) {
  const text = signInText();
  const asking = useMemo(createAsking, []);
  const [isDone, setDone] = useState(false);
  const prove = async () => {
    if (token !== undefined) {
      setDone(await asking.run(() => verifyEmail(token)));
    }
  };
  useEffect(() => void prove(), []);
  if (isDone) {
    return (
      <Message key="done" title={text.verified} mark="seated" actions={<ToSignIn isNext />}>
        {text.verifiedLine}
      </Message>
    );
  }
  const isSpent = asking.failure.value?.code === "link_spent";
  const refused = isSpent ? text.spent : asking.error.value;
  const error = token === undefined ? text.incomplete : refused;
  if (error === undefined) {
    return <Message key="wait" title={text.verifying} mark="walking" />;
  }
  const mayRetry = asking.failure.value?.isPassing ?? false;
  return (
    <Message
      key="failed"
      title={text.notVerified}
      mark="away"
      actions={
        <>
          {mayRetry && (
            <Button kind="primary" size="large" onClick={() => void prove()}>
              {uiText().retry}
            </Button>
          )}
          <ToSignIn isNext={!mayRetry} />
          <a class="button button-secondary button-large" href="/register">
            {text.signUp}
          </a>
        </>
      }
    >
      {error}
    </Message>
  );
}

function ToSignIn({ isNext = false }: { isNext?: boolean }) {
  return (
    <a
      class={`button button-large ${isNext ? "button-primary" : "button-secondary"}`}
      href="/login"
    >
      {signInText().toSignIn}
    </a>
  );
}
