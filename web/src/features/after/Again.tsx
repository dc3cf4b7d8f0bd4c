/** What the pages after a meeting share: the way back in, and the way to the front page. */

import { LogIn } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { SendRating } from "@/api/rating";
import type { LeaveReason } from "@/app/admission";
import { afterText } from "@/features/after/strings";
import { Button } from "@/ui/Button";
import { Message, type MessageProps } from "@/ui/Message";

export interface AfterProps {
  reason: LeaveReason;
  /** What the server said when it refused the token; absent for every other end. */
  refusal?: string | undefined;
  code: string;
  /** Title of the room; empty when it was over before it could be seen. */
  title: string;
  name: string;
  /** Says how the meeting was; absent for who was not inside. */
  sendRating?: SendRating | undefined;
  /** A new meeting, where this one is over. */
  offer: ComponentChildren;
  onAgain: () => void;
  onHome: () => void;
}

/** The way to the front page; filled where it is the only one. */
export function HomeButton({ onHome, isNext = false }: { onHome: () => void; isNext?: boolean }) {
  return (
    <Button kind={isNext ? "primary" : "secondary"} size="large" onClick={onHome}>
      {afterText().home}
    </Button>
  );
}

interface AgainProps extends Pick<MessageProps, "title" | "children"> {
  label: string;
  onAgain: () => void;
  beside: ComponentChildren;
}

/** A message whose next step is to come back. */
export function Again({ title, label, onAgain, beside, children }: AgainProps) {
  return (
    <Message
      title={title}
      mark="away"
      actions={
        <>
          <Button kind="primary" size="large" onClick={onAgain}>
            <LogIn size={20} strokeWidth={1.75} aria-hidden="true" />
            {label}
          </Button>
          {beside}
        </>
      }
    >
      {children}
    </Message>
  );
}
