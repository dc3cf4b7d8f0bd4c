/** The order of the list of people: oneself, hosts, then names. */
import type { ParticipantView } from "@/media/participants";

function rank(participant: ParticipantView): number {
  if (participant.isSelf) {
    return 0;
  }
  const places = { host: 1, moderator: 2, participant: 3, guest: 3, observer: 4 };
  return places[participant.role];
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
