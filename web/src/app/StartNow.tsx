/** A new meeting, offered where a page has nowhere else to lead. */

import { Video } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { createRoom } from "@/api/rooms";
import { createLanding } from "@/features/landing/state";
import { landingText } from "@/features/landing/strings";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";

/** The button, and below it what went wrong. */
export function StartNow() {
  const { route } = useLocation();
  const state = useMemo(
    () => createLanding({ create: createRoom, open: (code) => route(`/${code}`) }),
    [],
  );
  const text = landingText();
  const error = state.startError.value;
  return (
    <div class="field items-center">
      <Button
        kind="primary"
        size="large"
        busy={state.isStarting.value && text.starting}
        onClick={() => void state.start()}
      >
        <Video size={20} strokeWidth={1.75} aria-hidden="true" />
        {text.start}
      </Button>
      {error !== undefined && <FieldNote id="start-error" text={error} isError />}
    </div>
  );
}
