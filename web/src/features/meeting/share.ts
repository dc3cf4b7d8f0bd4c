/** Places a shared screen and the strip of tiles beside it, and chooses who stands in the strip. */
import { type Box, placeTiles, type Size, TILE_GAP } from "./layout";

export interface ShareLayout {
  /** Everything beside the strip. */
  free: Box;
  /** The largest place of 16:9 in it. */
  share: Box;
  strip: Box;
  /** Size of one tile of the strip. */
  tile: Size;
  capacity: number;
  /** Where the strip stands, seen from the share. */
  side: "above" | "beside" | "below";
}

const BESIDE_FROM = 2.1;
const SHARE_SHAPE = 16 / 9;
const STRIP_TILE: Size = { width: 196, height: 124 };
const STRIP_TILE_WIDE: Size = { width: 272, height: 168 };
const STRIP_TILE_BESIDE: Size = { width: 216, height: 136 };
const STRIP_TILE_PHONE: Size = { width: 132, height: 96 };
const OWN_HEIGHT = 340;
const TWO_ROWS_FROM = 200;

function inside(area: Box): Box {
  const width = Math.min(area.width, area.height * SHARE_SHAPE);
  const height = Math.min(area.height, width / SHARE_SHAPE);
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width: Math.round(width),
    height: Math.round(height),
  };
}

function howMany(length: number, tile: number): number {
  return Math.max(1, Math.floor((length + TILE_GAP) / (tile + TILE_GAP)));
}

/** An upright phone has room below a wide share: faces stand there instead of in a strip. */
function fitUpright(area: Size, isOwn: boolean): ShareLayout {
  const wanted = isOwn
    ? Math.max(area.height / 2, Math.min(OWN_HEIGHT, area.height - STRIP_TILE_PHONE.height))
    : area.width / SHARE_SHAPE;
  const height = Math.min(Math.ceil(wanted), area.height);
  const free = { x: 0, y: 0, width: area.width, height };
  const top = height + TILE_GAP;
  const strip = { x: 0, y: top, width: area.width, height: Math.max(0, area.height - top) };
  return {
    free,
    share: inside(free),
    strip,
    tile: STRIP_TILE_PHONE,
    capacity: strip.height < TWO_ROWS_FROM ? 2 : 4,
    side: "below",
  };
}

/** The strip stands above the share, at its right where the free stage is very wide, below it on a phone. */
export function fitShare(
  area: Size,
  screen: "phone" | "laptop" | "wide",
  isOwn = false,
  isBeside = area.width > area.height * BESIDE_FROM,
): ShareLayout {
  if (screen === "phone" && area.height > area.width) {
    return fitUpright(area, isOwn);
  }
  if (screen !== "phone" && isBeside) {
    const tile = STRIP_TILE_BESIDE;
    const free = { x: 0, y: 0, width: area.width - tile.width - TILE_GAP, height: area.height };
    const strip = { x: free.width + TILE_GAP, y: 0, width: tile.width, height: area.height };
    return {
      free,
      share: inside(free),
      strip,
      tile,
      capacity: howMany(area.height, tile.height),
      side: "beside",
    };
  }
  const sizes = { phone: STRIP_TILE_PHONE, laptop: STRIP_TILE, wide: STRIP_TILE_WIDE };
  const tile = sizes[screen];
  const strip = { x: 0, y: 0, width: area.width, height: tile.height };
  const top = tile.height + TILE_GAP;
  const free = { x: 0, y: top, width: area.width, height: Math.max(0, area.height - top) };
  return {
    free,
    share: inside(free),
    strip,
    tile,
    capacity: howMany(area.width, tile.width),
    side: "above",
  };
}

/** Places of the strip's tiles, centred along it. */
export function placeStrip(count: number, layout: ShareLayout): Box[] {
  const { strip, tile, side } = layout;
  if (side === "below") {
    return placeTiles(count, strip).map((box) => ({ ...box, y: box.y + strip.y }));
  }
  const isBeside = side === "beside";
  const step = (isBeside ? tile.height : tile.width) + TILE_GAP;
  const start = ((isBeside ? strip.height : strip.width) - count * step + TILE_GAP) / 2;
  return Array.from({ length: count }, (_, index) => {
    const along = Math.round(Math.max(0, start) + index * step);
    return { x: strip.x + (isBeside ? 0 : along), y: strip.y + (isBeside ? along : 0), ...tile };
  });
}

/** Those who come first, then who was heard most recently, oneself last. */
export function chooseStrip(
  order: readonly string[],
  heardAtMs: ReadonlyMap<string, number>,
  people: { first: readonly string[]; self: string | undefined; capacity: number },
): string[] {
  const { first, self, capacity } = people;
  const others = order.filter((identity) => !first.includes(identity) && identity !== self);
  const before = first.filter((identity) => identity !== self);
  const after = self === undefined ? [] : [self];
  const places = Math.max(0, capacity - before.length - after.length);
  const loudest = [...others].sort(
    (left, right) => (heardAtMs.get(right) ?? 0) - (heardAtMs.get(left) ?? 0),
  );
  const chosen = new Set(loudest.slice(0, places));
  const middle = others.filter((identity) => chosen.has(identity));
  return [...before, ...middle, ...after].slice(0, Math.max(1, capacity));
}
