/** How a room is run, in words. */

import { Clock, DoorOpen, KeyRound, Lock, MessageSquareText, Presentation } from "lucide-preact";
import { roomsText } from "@/features/rooms/strings";
import type { KnownRoom } from "@/features/rooms/visit";

/** The card. */
export function Rules({ known }: { known: KnownRoom }) {
  const text = roomsText();
  const { settings, details, keptDays } = known;
  const entry = settings.waiting_room === true ? text.waits : text.open;
  const rules = [
    settings.locked === true ? ([Lock, text.locked] as const) : ([DoorOpen, entry] as const),
    ...(details.has_password ? [[KeyRound, text.password] as const] : []),
    ...(settings.who_may_chat === "moderators" ? [[MessageSquareText, text.chat] as const] : []),
    ...(settings.who_may_share === "moderators" ? [[Presentation, text.share] as const] : []),
    [Clock, keptDays === null ? text.keptForEver : text.keptDays(keptDays)] as const,
  ];
  return (
    <section class="card rooms-card" aria-labelledby="rules">
      <h2 id="rules" class="section-title">
        {text.howRun}
      </h2>
      <ul class="rooms-rules">
        {rules.map(([Icon, words]) => (
          <li key={words}>
            <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
