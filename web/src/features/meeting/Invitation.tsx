/** What someone alone sees beside the own tile: the link for the others. */
import { Check, Copy } from "lucide-preact";
import { Button } from "@/ui/Button";
import { useCopied } from "./copying";
import type { Box } from "./layout";
import { placeStyle } from "./StageTile";
import { meetingText } from "./strings";

/** The link with a button that copies it. */
export function Invitation({ box, link }: { box: Box; link: string }) {
  const t = meetingText();
  const { isCopied, copy } = useCopied(link);
  return (
    <section class="placed invitation" style={placeStyle(box)} aria-label={t.alone}>
      <h2 class="invitation-title">{t.alone}</h2>
      <p class="invitation-line">{t.aloneLine}</p>
      <p class="invitation-link">{link.replace(/^https?:\/\//, "")}</p>
      <Button kind="primary" onClick={copy}>
        {isCopied ? (
          <Check size={18} strokeWidth={1.9} aria-hidden="true" />
        ) : (
          <Copy size={18} strokeWidth={1.9} aria-hidden="true" />
        )}
        {isCopied ? t.copied : t.copyLink}
      </Button>
    </section>
  );
}
