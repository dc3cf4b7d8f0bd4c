/** Who may act on whom; the server decides, this only hides what it would refuse. */
import type { Role } from "@/media/participants";

const RANKS: Partial<Record<Role, number>> = { host: 2, moderator: 1 };

/** Hosts act on all others, moderators on those who are neither. */
export function outranks(role: Role, other: Role): boolean {
  return (RANKS[role] ?? 0) > (RANKS[other] ?? 0);
}
