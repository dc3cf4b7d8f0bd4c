/** The order of the list of people: oneself, hosts, then names. */
import type { ParticipantView } from "@/media/participants";

function rank(participant: ParticipantView): number {
  if (participant.isSelf) {
    return 0;
  }
  return participant.role === "host" ? 1 : 2;
}

/** Sorts without changing the given list. */
export function sortPeople(participants: readonly ParticipantView[]): ParticipantView[] {
  return [...participants].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      left.name.localeCompare(right.name, undefined, { sensitivity: "base", numeric: true }) ||
      left.identity.localeCompare(right.identity),
  );
}
