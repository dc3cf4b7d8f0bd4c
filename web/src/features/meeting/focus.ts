/** Who or what stands large: a pinned person, a shared screen, or the one who speaks. */
import type { ParticipantView } from "@/media/participants";
import type { Arrangement, PlacedShare, PlacedTile, StageInput } from "./arrangement";
import { type Box, fitGrid } from "./layout";
import type { Moment } from "./order";
import { PAUSE_BETWEEN_MOVES_MS, SPEECH_BEFORE_MOVE_MS } from "./order";
import { chooseStrip, fitShare, placeStrip, type ShareLayout } from "./share";

export interface Focus {
  kind: "person" | "share";
  participant: ParticipantView;
}

export interface SpeakerState {
  /** Identity of the one who stands large while nobody is pinned. */
  speaker: string | undefined;
  movedAtMs: number;
}

export const NO_SPEAKER: SpeakerState = { speaker: undefined, movedAtMs: Number.NEGATIVE_INFINITY };

/** Lets someone who has spoken for a while take the large place, unless the one who has it still speaks. */
export function followSpeaker(
  state: SpeakerState,
  moment: Omit<Moment, "visible">,
  others: readonly string[],
): SpeakerState {
  const since = (identity: string | undefined) =>
    identity === undefined ? null : (moment.voices.get(identity)?.speakingSinceMs ?? null);
  const isHere = state.speaker !== undefined && others.includes(state.speaker);
  const isTooSoon = moment.nowMs - state.movedAtMs < PAUSE_BETWEEN_MOVES_MS;
  if (isHere && (moment.isPointerOnStage || isTooSoon || since(state.speaker) !== null)) {
    return state;
  }
  const speaker = others.find((identity) => {
    const begun = since(identity);
    return begun !== null && moment.nowMs - begun >= SPEECH_BEFORE_MOVE_MS;
  });
  return speaker === undefined || speaker === state.speaker
    ? state
    : { speaker, movedAtMs: moment.nowMs };
}

/** Screens that are shared: those of others, or one's own when there is no other. */
export function sharersOf(order: readonly ParticipantView[]): ParticipantView[] {
  const sharers = order.filter((other) => other.isSharing);
  const others = sharers.filter((other) => !other.isSelf);
  return others.length > 0 ? others : sharers;
}

/** What stands large now, if anything does. */
export function chooseFocus(
  order: readonly ParticipantView[],
  input: StageInput,
): Focus | undefined {
  const find = (identity: string | undefined) => order.find((other) => other.identity === identity);
  const pinned = find(input.pinned);
  if (pinned !== undefined) {
    return { kind: "person", participant: pinned };
  }
  const sharers = sharersOf(order);
  const share = sharers.find((other) => other.identity === input.wantedShare) ?? sharers[0];
  if (share !== undefined) {
    return { kind: "share", participant: share };
  }
  // One's own picture is large only for the others.
  const forAll = order.find((other) => other.isPinnedForAll && !other.isSelf);
  if (forAll !== undefined) {
    return { kind: "person", participant: forAll };
  }
  if (input.layout === "grid") {
    return undefined;
  }
  const speaker = find(input.speaker) ?? order.find((other) => !other.isSelf);
  return speaker === undefined ? undefined : { kind: "person", participant: speaker };
}

/** The largest place for a face; on an upright phone all there is. */
function placeFace({ free, side }: ShareLayout): Box {
  if (side === "below") {
    return free;
  }
  const { width, height } = fitGrid(1, free);
  return {
    x: Math.round(free.x + (free.width - width) / 2),
    y: Math.round(free.y + (free.height - height) / 2),
    width,
    height,
  };
}

function chosenForStrip(
  order: readonly ParticipantView[],
  focus: Focus,
  places: number,
  heardAtMs: StageInput["heardAtMs"],
): ParticipantView[] {
  const { kind, participant } = focus;
  const candidates =
    kind === "share" ? order : order.filter(({ identity }) => identity !== participant.identity);
  // Who is pinned for all keeps a place of their own, as an interpreter needs it.
  const first = candidates.filter(({ isPinnedForAll, isSelf }) => isPinnedForAll && !isSelf);
  if (kind === "share" && !first.includes(participant)) {
    first.push(participant);
  }
  const strip = chooseStrip(
    candidates.map(({ identity }) => identity),
    heardAtMs,
    {
      first: first.map(({ identity }) => identity),
      self: candidates.find(({ isSelf }) => isSelf)?.identity,
      capacity: places,
    },
  );
  return strip.flatMap((identity) => candidates.find((one) => one.identity === identity) ?? []);
}

function wantsBeside({ layout, screen, area }: StageInput): boolean | undefined {
  return layout === "sidebar" && screen !== "phone" && area.width > area.height ? true : undefined;
}

/** The stage with one large place, and a strip with everything else that matters now. */
export function arrangeFocus(
  focus: Focus,
  order: readonly ParticipantView[],
  input: StageInput,
): Arrangement {
  const { kind, participant } = focus;
  const isOwnShare = kind === "share" && participant.isSelf;
  const layout = fitShare(input.area, input.screen, isOwnShare, wantsBeside(input));
  const small = sharersOf(order)
    .filter((sharer) => kind === "person" || sharer.identity !== participant.identity)
    .slice(0, Math.max(0, layout.capacity - 1));
  const shown = chosenForStrip(order, focus, layout.capacity - small.length, input.heardAtMs);
  const boxes = placeStrip(small.length + shown.length, layout);
  const large = isOwnShare ? layout.free : kind === "share" ? layout.share : placeFace(layout);
  const shares: PlacedShare[] = small.flatMap((sharer, index) => {
    const box = boxes[index];
    return box === undefined ? [] : [{ participant: sharer, box, isSmall: true }];
  });
  const tiles: PlacedTile[] = shown.flatMap((other, index) => {
    const box = boxes[small.length + index];
    const shape = layout.side === "below" ? "tile" : "strip";
    return box === undefined ? [] : [{ participant: other, box, shape }];
  });
  if (kind === "share") {
    shares.unshift({ participant, box: large, isSmall: false });
  } else {
    tiles.unshift({ participant, box: large, shape: "tile" });
  }
  return { view: kind === "share" ? "share" : "focus", tiles, shares, page: 0, pages: 1 };
}
