/** The card that stands on the stage while the connection is restored or made. */
import { localeTag } from "@/i18n/locale";
import { Mark } from "@/ui/Mark";
import { meetingText } from "./strings";

function minutesAndSeconds(seconds: number): string {
  const separator = localeTag().startsWith("id") ? "." : ":";
  return `${Math.floor(seconds / 60)}${separator}${String(seconds % 60).padStart(2, "0")}`;
}

/** Says that the seat is kept, and counts. */
export function ReconnectingCard({ seconds }: { seconds: number }) {
  const t = meetingText();
  return (
    <section class="stage-card" role="alert" aria-label={t.reconnecting}>
      <Mark size={56} state="walking" />
      <p class="stage-card-title">{t.reconnecting}</p>
      <p class="stage-card-line">{t.reconnectingLine}</p>
      <p class="stage-card-time" aria-hidden="true">
        {minutesAndSeconds(seconds)}
      </p>
    </section>
  );
}

/** Shown until the first connection stands. */
export function ConnectingCard() {
  return (
    <section class="stage-card stage-card-bare" role="status">
      <Mark size={56} state="walking" />
      <p class="stage-card-title">{meetingText().connecting}</p>
    </section>
  );
}
