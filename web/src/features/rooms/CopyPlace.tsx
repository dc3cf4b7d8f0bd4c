/** The link of a room, with a button that copies it. */

import { Copy } from "lucide-preact";
import { useState } from "preact/hooks";
import { roomsText } from "@/features/rooms/strings";
import { copyText } from "@/lib/clipboard";
import { IconButton } from "@/ui/Button";

/** The link. */
export function CopyPlace({ code }: { code: string }) {
  const text = roomsText();
  const [said, setSaid] = useState("");
  const copy = async () =>
    setSaid((await copyText(`${location.origin}/${code}`)) ? text.copied : text.notCopied);
  return (
    <>
      <span class="rooms-link">
        <span>{`${location.host}/${code}`}</span>
        <IconButton label={text.copy} onClick={() => void copy()}>
          <Copy size={18} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      </span>
      <p class="rooms-note" role="status">
        {said}
      </p>
    </>
  );
}
