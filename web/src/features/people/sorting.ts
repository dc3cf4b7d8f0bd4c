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

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
}

/** Those of whose name every word searched for is a part, whatever its accents. */
export function findPeople(
  participants: readonly ParticipantView[],
  searched: string,
): readonly ParticipantView[] {
  const words = plain(searched).split(/\s+/u);
  return participants.filter(({ name }) => words.every((word) => plain(name).includes(word)));
}
