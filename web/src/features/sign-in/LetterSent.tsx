/** Says that a letter is on its way, in the same words whether or not there is an account. */

import { Frame, Way } from "@/features/sign-in/Frame";
import { signInText } from "@/features/sign-in/strings";
import { Button } from "@/ui/Button";

export interface LetterSentProps {
  title: string;
  line: string;
  onAgain: () => void;
}

/** The page. */
export function LetterSent({ title, line, onAgain }: LetterSentProps) {
  const text = signInText();
  return (
    <Frame
      title={title}
      line={line}
      foot={<Way question={text.haveAccount} href="/login" label={text.signIn} />}
    >
      <div class="sign-in-form">
        <p class="field-hint">{text.letterHint}</p>
        <Button size="large" class="sign-in-wide" onClick={onAgain}>
          {text.again}
        </Button>
      </div>
    </Frame>
  );
}
