/** What one tells others about the meeting, and how one's own connection is. */
import { ChartNoAxesColumn, Check, Copy } from "lucide-preact";
import { Button } from "@/ui/Button";
import { type Acting, selfOf } from "./acting";
import { useCopied } from "./copying";
import { networkText } from "./network-strings";
import { meetingText } from "./strings";
import "./info.css";

const ICON = { size: 16, strokeWidth: 2, "aria-hidden": "true" } as const;

interface InfoPanelProps extends Pick<Acting, "session" | "state"> {
  title: string;
  link: string;
}

/** What stands in the panel. */
export function InfoPanel({ session, state, title, link }: InfoPanelProps) {
  const t = meetingText();
  const network = networkText();
  const { isCopied, copy } = useCopied(link);
  const connection = selfOf(session)?.connection ?? "good";
  return (
    <div class="info">
      <p class="info-name" dir="auto">
        {title}
      </p>
      <section aria-label={t.linkTitle}>
        <h3 class="info-title">{t.linkTitle}</h3>
        <p class="info-link">{link.replace(/^https?:\/\//, "")}</p>
        <p class="field-hint">{t.linkLine}</p>
        <Button kind="soft" size="small" onClick={copy}>
          {isCopied ? <Check {...ICON} /> : <Copy {...ICON} />}
          {isCopied ? t.copied : t.copyLink}
        </Button>
      </section>
      <section aria-label={network.quality}>
        <h3 class="info-title">{network.quality}</h3>
        <p>{network.qualities[connection]}</p>
        <Button
          kind="soft"
          size="small"
          onClick={() => {
            state.dialog.value = { kind: "statistics" };
          }}
        >
          <ChartNoAxesColumn {...ICON} />
          {network.statistics}
        </Button>
      </section>
    </div>
  );
}
