/** An address that can be read and copied. */

import { Copy } from "lucide-preact";
import { useState } from "preact/hooks";
import { scheduleText } from "@/features/schedule/strings";
import { copyText } from "@/lib/clipboard";
import { Button } from "@/ui/Button";

/** The line. */
export function CopyLine({ address }: { address: string }) {
  const text = scheduleText();
  const [said, setSaid] = useState("");
  const copy = async () => setSaid((await copyText(address)) ? text.copied : text.notCopied);
  return (
    <>
      <div class="schedule-link">
        <span>{address}</span>
        <Button kind="soft" size="small" onClick={() => void copy()}>
          <Copy size={16} strokeWidth={1.75} aria-hidden="true" />
          {text.copy}
        </Button>
      </div>
      <p class="schedule-note" role="status">
        {said}
      </p>
    </>
  );
}
