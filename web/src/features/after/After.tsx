/** The page after a meeting: what happened, and the way back where there is one. */

import { type AfterProps, Again, HomeButton } from "@/features/after/Again";
import { Left } from "@/features/after/Left";
import { RatingCard } from "@/features/after/RatingCard";
import { afterText } from "@/features/after/strings";
import { Message } from "@/ui/Message";

/** The server's own words, in the reader's language where we know them. */
function Refusal({ said }: { said: string }) {
  const { refusals } = afterText();
  const known = refusals[said as keyof typeof refusals];
  return known === undefined ? <span lang="en">{said}</span> : known;
}

/** One page for each way a meeting is over for this tab. */
export function After(props: AfterProps) {
  const { reason, title, refusal, sendRating, offer, onAgain, onHome } = props;
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
            <>
              {offer}
              {sendRating !== undefined && <RatingCard send={sendRating} />}
            </>
          }
        >
          {title === "" ? text.endedUntitled : text.endedLine(title)}
        </Message>
      );
    case "idle":
      return (
        <Again title={text.idleTitle} label={text.again} onAgain={onAgain} beside={home}>
          {text.idleLine}
        </Again>
      );
    case "duplicate":
      return (
        <Again title={text.movedTitle} label={text.movedBack} onAgain={onAgain} beside={home}>
          {text.movedLine}
        </Again>
      );
    case "failed":
      return refusal === undefined ? (
        <Again
          title={text.failedTitle}
          label={text.again}
          onAgain={onAgain}
          beside={
            <>
              {home}
              <a class="button button-quiet button-large" href="/connection-test">
                {text.testConnection}
              </a>
            </>
          }
        >
          {text.failedLine}
        </Again>
      ) : (
        <Again title={text.refusedTitle} label={text.again} onAgain={onAgain} beside={home}>
          <Refusal said={refusal} />
        </Again>
      );
  }
}
