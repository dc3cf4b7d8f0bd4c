import { describe, expect, it } from "vitest";
import { fitGrid, pageSize, placeTiles, TILE_GAP } from "./layout";

const LAPTOP = { width: 1342, height: 684 };

describe("fitGrid", () => {
  it.each([
    [1, 1216, 684],
    [2, 667, 606],
    [4, 600, 338],
    [6, 442, 338],
    [9, 395, 222],
    [12, 329, 222],
    [16, 293, 165],
  ])("gives %i people on a laptop tiles of %i × %i", (count, width, height) => {
    expect(fitGrid(count, LAPTOP)).toMatchObject({ width, height });
  });

  it("stacks two people on an upright screen", () => {
    expect(fitGrid(2, { width: 374, height: 700 })).toMatchObject({ columns: 1, rows: 2 });
  });

  it("gives four people on a phone two columns of upright tiles", () => {
    const fit = fitGrid(4, { width: 374, height: 704 });
    expect(fit.columns).toBe(2);
    expect(fit.height).toBeGreaterThan(fit.width);
  });

  it("survives an area that has no size yet", () => {
    expect(fitGrid(3, { width: 0, height: 0 })).toMatchObject({ width: 0, height: 0 });
  });
});

describe("placeTiles", () => {
  it("centres the last row", () => {
    const [first, second, third, fourth, fifth] = placeTiles(5, LAPTOP);
    expect(third?.x).toBeGreaterThan(second?.x ?? 0);
    expect((fourth?.x ?? 0) - (first?.x ?? 0)).toBe(
      LAPTOP.width - (fifth?.x ?? 0) - (fifth?.width ?? 0) - (first?.x ?? 0),
    );
    expect(fourth?.x).toBeGreaterThan(first?.x ?? 0);
  });

  it("never lets two tiles overlap or leave the area", () => {
    for (let count = 1; count <= 25; count += 1) {
      const boxes = placeTiles(count, LAPTOP);
      expect(boxes).toHaveLength(count);
      for (const [index, box] of boxes.entries()) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(LAPTOP.width + 1);
        expect(box.y + box.height).toBeLessThanOrEqual(LAPTOP.height + 1);
        const next = boxes[index + 1];
        if (next !== undefined && next.y === box.y) {
          expect(next.x - box.x - box.width).toBe(TILE_GAP);
        }
      }
    }
  });

  it("has no places for nobody", () => {
    expect(placeTiles(0, LAPTOP)).toEqual([]);
  });
});

describe("placeTiles, on the last page", () => {
  const area = { width: 1342, height: 640 };

  it("gives one tile the size of those of a full page, in the middle", () => {
    const [full] = placeTiles(12, area);
    const [alone, ...others] = placeTiles(1, area, 12);
    expect(others).toEqual([]);
    expect(alone).toMatchObject({ width: full?.width, height: full?.height });
    expect(alone?.x).toBe(Math.round((area.width - (alone?.width ?? 0)) / 2));
  });

  it("lets no tile leave the area or cover another", () => {
    for (let count = 1; count <= 12; count += 1) {
      const boxes = placeTiles(count, area, 12);
      expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
      for (const { x, y, width, height } of boxes) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(area.width);
        expect(y + height).toBeLessThanOrEqual(area.height);
      }
    }
  });
});

describe("pageSize", () => {
  it("holds twelve on a laptop and on a wide screen", () => {
    expect(pageSize(LAPTOP, false)).toBe(12);
    expect(pageSize({ width: 1896, height: 996 }, false)).toBe(12);
  });

  it("holds fewer when tiles would be under 220 wide", () => {
    const size = pageSize({ width: 700, height: 500 }, false);
    expect(size).toBeLessThan(12);
    expect(fitGrid(size, { width: 700, height: 500 }).width).toBeGreaterThanOrEqual(220);
  });

  it("holds four, six or eight on a phone", () => {
    expect(pageSize({ width: 374, height: 704 }, true)).toBe(8);
    expect(pageSize({ width: 290, height: 300 }, true)).toBe(4);
  });
});
