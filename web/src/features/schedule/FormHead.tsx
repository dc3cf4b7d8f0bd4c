/** Head of a form about a meeting: its title, the way out, and what saves it; one row on a phone. */

import { ArrowLeft } from "lucide-preact";
import type { Ref } from "preact";
import { scheduleText } from "@/features/schedule/strings";
import { PHONE_PAGE, useMedia } from "@/lib/media-query";
import { Button, IconButton } from "@/ui/Button";

export interface FormHeadProps {
  heading: Ref<HTMLHeadingElement>;
  title: string;
  onDiscard: () => void;
  /** What the button does, and what it says where there is little room. */
  save: string;
  shortSave?: string;
  /** The verb in progress. */
  busy: string | false;
}

/** The head. */
export function FormHead(props: FormHeadProps) {
  const { heading, title, onDiscard, save, shortSave = save, busy } = props;
  const { discard } = scheduleText();
  const isPhone = useMedia(PHONE_PAGE);
  return (
    <div class="schedule-head schedule-form-head">
      {isPhone && (
        <IconButton label={discard} onClick={onDiscard}>
          <ArrowLeft size={20} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      )}
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {title}
      </h1>
      {!isPhone && (
        <Button kind="plain" onClick={onDiscard}>
          {discard}
        </Button>
      )}
      <Button kind="primary" type="submit" busy={busy} aria-label={isPhone ? save : undefined}>
        {isPhone ? shortSave : save}
      </Button>
    </div>
  );
}
