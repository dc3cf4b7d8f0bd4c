/** What was planned just now, with the link to pass on. */

import { Copy } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Meeting } from "@/api/meetings";
import { scheduleText } from "@/features/schedule/strings";
import { copyText } from "@/lib/clipboard";
import { Button } from "@/ui/Button";

/** The card. */
export function Saved({ meeting }: { meeting: Meeting }) {
  const text = scheduleText();
  const [said, setSaid] = useState("");
  const copy = async () => setSaid((await copyText(meeting.url)) ? text.copied : text.notCopied);
  const { accepted, declined, needs_action, tentative } = meeting.answers;
  return (
    <section class="card schedule-saved" aria-label={meeting.title}>
      <p role="status">{text.saved(accepted + declined + needs_action + tentative)}</p>
      <strong dir="auto">{meeting.title}</strong>
      <div class="schedule-link">
        <span>{meeting.url}</span>
        <Button kind="soft" size="small" onClick={() => void copy()}>
          <Copy size={16} strokeWidth={1.75} aria-hidden="true" />
          {text.copy}
        </Button>
      </div>
      <p class="schedule-note" role="status">
        {said}
      </p>
    </section>
  );
}
