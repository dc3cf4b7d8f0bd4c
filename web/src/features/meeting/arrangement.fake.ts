/** Stages for tests: who is on them, and everything else as on a laptop where nobody chose anything. */
import type { ParticipantView } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import { arrange } from "./arrange";
import type { StageInput } from "./arrangement";

export const person = (identity: string, more: Partial<ParticipantView> = {}) =>
  fakeParticipant(identity, { isSelf: identity === "me", ...more });

export function stage(
  who: readonly (string | ParticipantView)[],
  more: Partial<StageInput> = {},
): StageInput {
  const others = who.map((one) => (typeof one === "string" ? person(one) : one));
  return {
    participants: [person("me"), ...others],
    others: others.map(({ identity }) => identity),
    area: { width: 1342, height: 684 },
    screen: "laptop",
    page: 0,
    corner: "bottom-right",
    heardAtMs: new Map(),
    layout: "grid",
    pinned: undefined,
    speaker: undefined,
    wantedShare: undefined,
    isSelfHidden: false,
    ...more,
  };
}

/** Identities in the order of their tiles. */
export const shown = (input: StageInput) =>
  arrange(input).tiles.map((tile) => tile.participant.identity);
