/** In front of a room with a waiting room: nobody sees or hears one yet. */

import { joinText } from "@/features/join/strings";
import { Button } from "@/ui/Button";
import { Mark } from "@/ui/Mark";
import { usePage } from "@/ui/page";
import { uiText } from "@/ui/strings";

/** Stands in the place of the form. */
export function Waiting({ onGiveUp }: { onGiveUp: () => void }) {
  const text = joinText();
  const heading = usePage(text.waiting);
  return (
    <section>
      <Mark size={56} state="walking" />
      <h1 ref={heading} tabIndex={-1} class="page-title mt-6">
        {text.waiting}
      </h1>
      <p class="mt-2 text-ink-2">{text.waitingLine}</p>
      <Button class="mt-6" onClick={onGiveUp}>
        {uiText().cancel}
      </Button>
    </section>
  );
}
