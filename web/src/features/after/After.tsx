/** The page after a meeting: what happened, and the way back where there is one. */

import { LogIn } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { LeaveReason } from "@/app/admission";
import { Left } from "@/features/after/Left";
import { afterText } from "@/features/after/strings";
import { Button } from "@/ui/Button";
import { Message, type MessageProps } from "@/ui/Message";

export interface AfterProps {
  reason: LeaveReason;
  code: string;
  /** Title of the room; empty when it was over before it could be seen. */
  title: string;
  name: string;
  onAgain: () => void;
  onHome: () => void;
}

/** One page for each way a meeting is over for this tab. */
export function After(props: AfterProps) {
  const { reason, title, onAgain, onHome } = props;
  const text = afterText();
  const home = <HomeButton onHome={onHome} />;
  switch (reason) {
    case "left":
      return <Left {...props} />;
    case "removed":
      return (
        <Message
          title={text.removedTitle}
          mark="away"
          actions={<HomeButton onHome={onHome} isNext />}
        >
          {text.removedLine}
        </Message>
      );
    case "ended":
      return (
        <Message
          title={text.endedTitle}
          mark="seated"
          actions={
            <Button kind="primary" size="large" onClick={onHome}>
              {text.startNew}
            </Button>
          }
        >
          {title === "" ? text.endedUntitled : text.endedLine(title)}
        </Message>
      );
    case "duplicate":
      return (
        <Again title={text.movedTitle} label={text.movedBack} onAgain={onAgain} beside={home}>
          {text.movedLine}
        </Again>
      );
    case "failed":
      return (
        <Again title={text.failedTitle} label={text.again} onAgain={onAgain} beside={home}>
          {text.failedLine}
        </Again>
      );
  }
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
