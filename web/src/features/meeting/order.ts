/** Decides the order of tiles, so that they stay put unless a speaker would otherwise stay unseen. */
import type { Voice } from "@/media/speaking";

export interface Present {
  identity: string;
  joinedAtMs: number;
  isSelf: boolean;
}

export interface OrderState {
  /** Everyone but oneself, in display order. */
  others: readonly string[];
  movedAtMs: number;
}

export const EMPTY_ORDER: OrderState = { others: [], movedAtMs: Number.NEGATIVE_INFINITY };
export const SPEECH_BEFORE_MOVE_MS = 2000;
export const PAUSE_BETWEEN_MOVES_MS = 3000;

/** Takes people who left out of the order and puts newcomers at its end, by the time they joined. */
export function followPresent(state: OrderState, present: readonly Present[]): OrderState {
  const others = present.filter((person) => !person.isSelf);
  const here = new Set(others.map((person) => person.identity));
  const known = new Set(state.others);
  const newcomers = others
    .filter((person) => !known.has(person.identity))
    .sort(
      (left, right) =>
        left.joinedAtMs - right.joinedAtMs || left.identity.localeCompare(right.identity),
    )
    .map((person) => person.identity);
  const kept = state.others.filter((identity) => here.has(identity));
  if (newcomers.length === 0 && kept.length === state.others.length) {
    return state;
  }
  return { ...state, others: [...kept, ...newcomers] };
}

/** The whole order of tiles: oneself is last on the first page. */
export function withSelf(others: readonly string[], self: string, perPage: number): string[] {
  const place = Math.min(others.length, Math.max(0, perPage - 1));
  return [...others.slice(0, place), self, ...others.slice(place)];
}

function quietestOf(
  identities: readonly string[],
  voices: ReadonlyMap<string, Voice>,
): string | undefined {
  const quiet = identities.filter(
    (identity) => (voices.get(identity)?.speakingSinceMs ?? null) === null,
  );
  return quiet.reduce<string | undefined>((best, identity) => {
    const heard = voices.get(identity)?.heardAtMs ?? 0;
    return best === undefined || heard < (voices.get(best)?.heardAtMs ?? 0) ? identity : best;
  }, undefined);
}

export interface Moment {
  nowMs: number;
  isPointerOnStage: boolean;
  /** Identities that stand on the page in view. */
  visible: readonly string[];
  voices: ReadonlyMap<string, Voice>;
}

/** Lets someone who has spoken for a while on another page change places with who was silent longest on this one. */
export function promoteSpeaker(state: OrderState, moment: Moment): OrderState {
  if (moment.isPointerOnStage || moment.nowMs - state.movedAtMs < PAUSE_BETWEEN_MOVES_MS) {
    return state;
  }
  const visible = new Set(moment.visible);
  const speaker = state.others.find((identity) => {
    const since = moment.voices.get(identity)?.speakingSinceMs ?? null;
    return (
      !visible.has(identity) && since !== null && moment.nowMs - since >= SPEECH_BEFORE_MOVE_MS
    );
  });
  const replaced = quietestOf(
    state.others.filter((identity) => visible.has(identity)),
    moment.voices,
  );
  if (speaker === undefined || replaced === undefined) {
    return state;
  }
  const swap = new Map([
    [speaker, replaced],
    [replaced, speaker],
  ]);
  return {
    others: state.others.map((identity) => swap.get(identity) ?? identity),
    movedAtMs: moment.nowMs,
  };
}
