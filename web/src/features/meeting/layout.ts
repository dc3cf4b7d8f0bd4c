/** Places the tiles of a page: the largest tiles that keep a pleasant shape, last row centred. */

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

export interface GridFit extends Size {
  columns: number;
  rows: number;
}

export const TILE_GAP = 8;
const WIDEST = 16 / 9;
const NARROWEST = 1.1;
const NARROWEST_UPRIGHT = 9 / 16;
const COST_OF_EMPTY_PLACE = 0.02;
const PAGE_SIZES_PHONE = [8, 6, 4];
const LARGEST_PAGE = 12;
const SMALLEST_WIDTH = 220;
const SMALLEST_WIDTH_PHONE = 150;

function shape(width: number, height: number, narrowest: number): Size {
  if (width / height > WIDEST) {
    return { width: height * WIDEST, height };
  }
  if (width / height < narrowest) {
    return { width, height: width / narrowest };
  }
  return { width, height };
}

/** Columns and tile size, in pixels, for `count` equal tiles in the area. */
export function fitGrid(count: number, area: Size): GridFit {
  const narrowest = area.height > area.width ? NARROWEST_UPRIGHT : NARROWEST;
  let best: GridFit = { columns: 1, rows: Math.max(1, count), width: 0, height: 0 };
  let bestScore = -1;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const free = {
      width: (area.width - TILE_GAP * (columns - 1)) / columns,
      height: (area.height - TILE_GAP * (rows - 1)) / rows,
    };
    if (free.width > 0 && free.height > 0) {
      const tile = shape(free.width, free.height, narrowest);
      const score = tile.width * tile.height * (1 - (columns * rows - count) * COST_OF_EMPTY_PLACE);
      if (score > bestScore + 1) {
        bestScore = score;
        best = { columns, rows, width: Math.floor(tile.width), height: Math.floor(tile.height) };
      }
    }
  }
  return best;
}

/** Where each of `count` tiles stands in the area, in display order; they are as large as if there were `full`. */
export function placeTiles(count: number, area: Size, full = count): Box[] {
  const { columns: most, width, height } = fitGrid(full, area);
  const columns = Math.min(most, Math.max(1, count));
  const rows = Math.ceil(count / columns);
  const top = (area.height - rows * height - (rows - 1) * TILE_GAP) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = (area.width - inRow * width - (inRow - 1) * TILE_GAP) / 2;
    const column = index - row * columns;
    return {
      x: Math.round(left + column * (width + TILE_GAP)),
      y: Math.round(top + row * (height + TILE_GAP)),
      width,
      height,
    };
  });
}

/** How many tiles a page of the area holds before they become too narrow to see a face. */
export function pageSize(area: Size, isPhone: boolean): number {
  if (isPhone) {
    const roomy = PAGE_SIZES_PHONE.find(
      (size) => fitGrid(size, area).width >= SMALLEST_WIDTH_PHONE,
    );
    return roomy ?? 4;
  }
  for (let size = LARGEST_PAGE; size > 1; size -= 1) {
    if (fitGrid(size, area).width >= SMALLEST_WIDTH) {
      return size;
    }
  }
  return 1;
}
