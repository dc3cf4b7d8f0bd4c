import { describe, expect, it } from "vitest";
import { chooseStrip, fitShare, placeStrip } from "./share";

describe("fitShare", () => {
  it("puts the strip above the share on a laptop", () => {
    const layout = fitShare({ width: 970, height: 684 }, "laptop");
    expect(layout.side).toBe("above");
    expect(layout.share.y).toBeGreaterThanOrEqual(132);
    expect(layout.share.width / layout.share.height).toBeCloseTo(16 / 9, 1);
  });

  it("puts it at the right where the stage is very wide", () => {
    const layout = fitShare({ width: 1600, height: 600 }, "laptop");
    expect(layout.side).toBe("beside");
    expect(layout.strip.width).toBe(216);
    expect(layout.share.x + layout.share.width).toBeLessThanOrEqual(layout.strip.x);
  });

  it("uses larger tiles on a wide screen", () => {
    expect(fitShare({ width: 1896, height: 996 }, "wide").tile).toEqual({
      width: 272,
      height: 168,
    });
  });

  it("puts the share at the top of an upright phone and faces below it", () => {
    const layout = fitShare({ width: 374, height: 704 }, "phone");
    expect(layout.share).toMatchObject({ x: 0, y: 0, width: 374, height: 210 });
    const boxes = placeStrip(2, layout);
    expect(boxes).toHaveLength(2);
    for (const box of boxes) {
      expect(box.y).toBeGreaterThanOrEqual(218);
      expect(box.y + box.height).toBeLessThanOrEqual(704);
    }
  });

  it("keeps room for the words about one's own screen, also on a small phone", () => {
    const layout = fitShare({ width: 304, height: 436 }, "phone", true);
    expect(layout.free.height).toBe(340);
    expect(layout.strip.y + layout.strip.height).toBe(436);
    expect(layout.capacity).toBe(2);
  });

  it("survives an area that has no size yet", () => {
    expect(fitShare({ width: 0, height: 0 }, "phone").share.height).toBe(0);
  });
});

describe("placeStrip", () => {
  it("centres the tiles", () => {
    const [only] = placeStrip(1, fitShare({ width: 970, height: 684 }, "laptop"));
    expect(only?.x).toBe(387);
  });
});

describe("chooseStrip", () => {
  const order = ["a", "b", "c", "d", "me"];

  it("begins with the sharer and ends with oneself", () => {
    expect(chooseStrip(order, new Map(), { first: ["c"], self: "me", capacity: 9 })).toEqual([
      "c",
      "a",
      "b",
      "d",
      "me",
    ]);
  });

  it("prefers who was heard last when there is no place for all, and keeps their order", () => {
    const heard = new Map([
      ["d", 9],
      ["b", 5],
    ]);
    expect(chooseStrip(order, heard, { first: ["c"], self: "me", capacity: 4 })).toEqual([
      "c",
      "b",
      "d",
      "me",
    ]);
  });

  it("shows oneself once when sharing", () => {
    expect(chooseStrip(order, new Map(), { first: ["me"], self: "me", capacity: 3 })).toEqual([
      "a",
      "b",
      "me",
    ]);
  });
});
