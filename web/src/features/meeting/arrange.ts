/** Decides what stands on the stage: one alone, two on a phone, a page of tiles, or a shared screen with a strip. */
import type { ParticipantView } from "@/media/participants";
import { type Box, pageSize, placeTiles, type Size } from "./layout";
import { withSelf } from "./order";
import { chooseStrip, fitShare, placeStrip } from "./share";

export type Screen = "phone" | "laptop" | "wide";
export type Corner = "top-left" | "top-right" | "bottom-left" | "bottom-right";

export interface PlacedTile {
  participant: ParticipantView;
  box: Box;
  shape: "tile" | "strip" | "large" | "corner";
}

export interface Arrangement {
  view: "alone" | "pair" | "grid" | "share";
  tiles: readonly PlacedTile[];
  share?: { participant: ParticipantView; box: Box };
  /** Where the invitation stands when one is alone. */
  invitation?: Box;
  page: number;
  pages: number;
}

export interface StageInput {
  participants: readonly ParticipantView[];
  /** Identities of everyone but oneself, in display order. */
  others: readonly string[];
  area: Size;
  screen: Screen;
  page: number;
  corner: Corner;
  heardAtMs: ReadonlyMap<string, number>;
}

export const PAGER_HEIGHT = 44;
const ALONE_SHARE = 0.6;
const ALONE_GAP = 24;
const SELF_IN_CORNER: Size = { width: 104, height: 148 };
const CORNER_MARGIN = 10;

function alone(self: ParticipantView, { area, screen, page }: StageInput): Arrangement {
  const isUpright = screen === "phone" || area.height > area.width;
  const width = isUpright ? area.width : area.width * ALONE_SHARE;
  const height = Math.min(isUpright ? area.height * ALONE_SHARE : area.height, width / (16 / 9));
  const top = isUpright ? 0 : (area.height - height) / 2;
  const box = { x: 0, y: Math.round(top), width: Math.round(width), height: Math.round(height) };
  const invitation = isUpright
    ? {
        x: 0,
        y: box.height + ALONE_GAP,
        width: box.width,
        height: area.height - box.height - ALONE_GAP,
      }
    : {
        x: box.width + ALONE_GAP,
        y: 0,
        width: area.width - box.width - ALONE_GAP,
        height: area.height,
      };
  return {
    view: "alone",
    tiles: [{ participant: self, box, shape: "tile" }],
    invitation,
    page,
    pages: 1,
  };
}

function pair(self: ParticipantView, other: ParticipantView, input: StageInput): Arrangement {
  const { area, corner } = input;
  const { width, height } = SELF_IN_CORNER;
  const x = corner.endsWith("left") ? CORNER_MARGIN : area.width - width - CORNER_MARGIN;
  const y = corner.startsWith("top") ? CORNER_MARGIN : area.height - height - CORNER_MARGIN;
  return {
    view: "pair",
    tiles: [
      { participant: other, box: { x: 0, y: 0, ...area }, shape: "large" },
      { participant: self, box: { x, y, width, height }, shape: "corner" },
    ],
    page: 0,
    pages: 1,
  };
}

function sharing(
  sharer: ParticipantView,
  order: readonly ParticipantView[],
  input: StageInput,
): Arrangement {
  const layout = fitShare(input.area, input.screen, sharer.isSelf);
  const self = order.find((participant) => participant.isSelf);
  const identities = order.map((participant) => participant.identity);
  const strip = chooseStrip(identities, input.heardAtMs, {
    sharer: sharer.identity,
    self: self?.identity ?? "",
    capacity: layout.capacity,
  });
  const shown = strip.flatMap(
    (identity) => order.find((other) => other.identity === identity) ?? [],
  );
  const boxes = placeStrip(shown.length, layout);
  return {
    view: "share",
    tiles: placed(shown, boxes, layout.side === "below" ? "tile" : "strip"),
    share: { participant: sharer, box: sharer.isSelf ? layout.free : layout.share },
    page: 0,
    pages: 1,
  };
}

function placed(
  participants: readonly ParticipantView[],
  boxes: readonly Box[],
  shape: PlacedTile["shape"],
): PlacedTile[] {
  return participants.flatMap((participant, index) => {
    const box = boxes[index];
    return box === undefined ? [] : [{ participant, box, shape }];
  });
}

function grid(order: readonly ParticipantView[], input: StageInput): Arrangement {
  const { area, screen } = input;
  const perPage = pageSize(area, screen === "phone");
  const pages = Math.max(1, Math.ceil(order.length / perPage));
  const page = Math.min(Math.max(0, input.page), pages - 1);
  const shown = order.slice(page * perPage, (page + 1) * perPage);
  const free = pages > 1 ? { ...area, height: Math.max(0, area.height - PAGER_HEIGHT) } : area;
  return {
    view: "grid",
    // Nobody grows because they stand on the last page.
    tiles: placed(shown, placeTiles(shown.length, free, pages > 1 ? perPage : undefined), "tile"),
    page,
    pages,
  };
}

/** The stage for this moment; boxes are in pixels from the top left of the area. */
export function arrange(input: StageInput): Arrangement {
  const byIdentity = new Map(
    input.participants.map((participant) => [participant.identity, participant]),
  );
  const self = input.participants.find((participant) => participant.isSelf);
  if (self === undefined) {
    return { view: "grid", tiles: [], page: 0, pages: 1 };
  }
  const perPage = pageSize(input.area, input.screen === "phone");
  const order = withSelf(input.others, self.identity, perPage).flatMap(
    (identity) => byIdentity.get(identity) ?? [],
  );
  const sharer =
    order.find((other) => other.isSharing && !other.isSelf) ?? (self.isSharing ? self : undefined);
  if (sharer !== undefined) {
    return sharing(sharer, order, input);
  }
  const [other, ...more] = order.filter((participant) => !participant.isSelf);
  if (other === undefined) {
    return alone(self, input);
  }
  return input.screen === "phone" && more.length === 0
    ? pair(self, other, input)
    : grid(order, input);
}
