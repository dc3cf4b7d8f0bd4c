/** When a planned meeting is, in the words of the reader. */

import type { InvitationSeen } from "@/api/invitations";
import { invitationText } from "@/features/invitations/strings";
import { formatSpan } from "@/i18n/format";
import { momentOf } from "@/lib/wall-time";

export type Planned = Pick<InvitationSeen, "start" | "end" | "time_zone" | "rule">;

/** Day and time as planned: "Selasa, 1 Desember 2026 pukul 09.00–09.30 (Asia/Jakarta)". */
export function plannedTime(planned: Planned): string {
  const [start, end] = [new Date(`${planned.start}Z`), new Date(`${planned.end}Z`)];
  return `${formatSpan(start, end, "UTC")} (${planned.time_zone.replaceAll("_", " ")})`;
}

/** The same on the reader's clock; undefined where that shows no other time. */
export function ownTime(planned: Planned, ownZone: string): string | undefined {
  const start = momentOf(planned.start, planned.time_zone);
  const end = momentOf(planned.end, planned.time_zone);
  if (start === undefined || end === undefined) {
    return undefined;
  }
  const own = formatSpan(start, end, ownZone);
  return plannedTime(planned).startsWith(`${own} (`) ? undefined : own;
}

/** How a meeting comes again; undefined when it does not. */
export function repetition(planned: Planned): string | undefined {
  if (planned.rule === "") {
    return undefined;
  }
  const { often, again } = invitationText();
  const parts = new Map(planned.rule.split(";").map((part) => part.split("=") as [string, string]));
  const frequency = parts.get("FREQ") ?? "";
  const isEach = (parts.get("INTERVAL") ?? "1") === "1";
  return isEach && Object.hasOwn(often, frequency) ? often[frequency as keyof typeof often] : again;
}
