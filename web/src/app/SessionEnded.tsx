/** A session that somebody ended from another device, or that was too old; where one wanted to go is kept. */

import { appText } from "@/app/strings";
import { Button } from "@/ui/Button";
import { Message } from "@/ui/Message";

export interface SessionEndedProps {
  onAgain: () => void;
  onHome: () => void;
}

/** Says so; signing in again leads to the page of this address. */
export function SessionEnded({ onAgain, onHome }: SessionEndedProps) {
  const text = appText();
  return (
    <Message
      title={text.sessionEnded}
      mark="away"
      actions={
        <>
          <Button kind="primary" size="large" onClick={onAgain}>
            {text.signInAgain}
          </Button>
          <Button size="large" onClick={onHome}>
            {text.home}
          </Button>
        </>
      }
    >
      {text.sessionEndedLine}
    </Message>
  );
}
