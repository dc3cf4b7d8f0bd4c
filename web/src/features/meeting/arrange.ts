/** Decides what stands on the stage: one alone, two on a phone, a page of tiles, or something large with a strip. */
import type { ParticipantView } from "@/media/participants";
import type { Arrangement, PlacedTile, StageInput } from "./arrangement";
import { arrangeFocus, chooseFocus } from "./focus";
import { type Box, pageSize, placeTiles, type Size } from "./layout";
import { withSelf } from "./order";

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
    shares: [],
    invitation,
    page,
    pages: 1,
  };
}

function pair(self: ParticipantView, other: ParticipantView, input: StageInput): Arrangement {
  const { area, corner, isSelfHidden } = input;
  const { width, height } = SELF_IN_CORNER;
  const x = corner.endsWith("left") ? CORNER_MARGIN : area.width - width - CORNER_MARGIN;
  const y = corner.startsWith("top") ? CORNER_MARGIN : area.height - height - CORNER_MARGIN;
  const own: PlacedTile = { participant: self, box: { x, y, width, height }, shape: "corner" };
  return {
    view: "pair",
    tiles: [
      { participant: other, box: { x: 0, y: 0, ...area }, shape: "large" },
      ...(isSelfHidden ? [] : [own]),
    ],
    shares: [],
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
    shares: [],
    page,
    pages,
  };
}

/** Who asks for the word is not left on a page that nobody looks at. */
function withHandsFirst(
  others: readonly string[],
  byIdentity: ReadonlyMap<string, ParticipantView>,
): string[] {
  const place = (identity: string) => byIdentity.get(identity)?.hand ?? Number.POSITIVE_INFINITY;
  const raised = others.filter((identity) => place(identity) < Number.POSITIVE_INFINITY);
  const down = others.filter((identity) => !raised.includes(identity));
  return [...raised.sort((left, right) => place(left) - place(right)), ...down];
}

/** Everyone in display order, without oneself where one does not want to be seen by oneself. */
function inOrder(self: ParticipantView, input: StageInput): ParticipantView[] {
  const byIdentity = new Map(
    input.participants.map((participant) => [participant.identity, participant]),
  );
  const perPage = pageSize(input.area, input.screen === "phone");
  const isPaged = input.others.length + 1 > perPage;
  const others = isPaged ? withHandsFirst(input.others, byIdentity) : input.others;
  const identities = input.isSelfHidden ? others : withSelf(others, self.identity, perPage);
  return identities.flatMap((identity) => byIdentity.get(identity) ?? []);
}

/** The stage for this moment; boxes are in pixels from the top left of the area. */
export function arrange(input: StageInput): Arrangement {
  const self = input.participants.find((participant) => participant.isSelf);
  if (self === undefined) {
    return { view: "grid", tiles: [], shares: [], page: 0, pages: 1 };
  }
  const order = inOrder(self, input);
  const [other, ...more] = order.filter((participant) => !participant.isSelf);
  const isPair = input.screen === "phone" && more.length === 0;
  const sharing = [...order.filter(({ isSelf }) => !isSelf), self].some((one) => one.isSharing);
  if (other !== undefined && isPair && !sharing) {
    return pair(self, other, input);
  }
  // A hidden self still sees that its screen is shared.
  const all = input.isSelfHidden && self.isSharing ? [...order, self] : order;
  const focus = chooseFocus(all, input);
  if (focus !== undefined && (other !== undefined || focus.kind === "share")) {
    return arrangeFocus(focus, all, input);
  }
  return other === undefined ? alone(self, input) : grid(order, input);
}
