import { describe, expect, it } from "vitest";
import { arrange } from "./arrange";
import { person, shown, stage } from "./arrangement.fake";

describe("arrange", () => {
  it("gives someone alone a tile of 60 % with the invitation beside it", () => {
    const { view, tiles, invitation } = arrange(stage([]));
    expect(view).toBe("alone");
    expect(tiles[0]?.box.width).toBe(805);
    expect(invitation?.x).toBe(829);
  });

  it("brings raised hands to the first page, in their order, and moves nobody where there is one page", () => {
    const hands = new Map([
      ["p17", 2],
      ["p19", 1],
    ]);
    const people = (count: number) =>
      Array.from({ length: count }, (_, number) => {
        const hand = hands.get(`p${number}`);
        return person(`p${number}`, hand === undefined ? {} : { hand });
      });
    expect(shown(stage(people(20))).slice(0, 3)).toEqual(["p19", "p17", "p0"]);
    const few = [person("a"), person("b", { hand: 1 })];
    expect(shown(stage(few))).toEqual(["a", "b", "me"]);
  });

  it("puts the invitation below on a phone", () => {
    const { invitation } = arrange(
      stage([], { area: { width: 374, height: 704 }, screen: "phone" }),
    );
    expect(invitation?.x).toBe(0);
    expect(invitation?.y).toBeGreaterThan(100);
  });

  it("gives the other the whole stage when two meet on a phone", () => {
    const area = { width: 374, height: 704 };
    const { view, tiles } = arrange(stage(["a"], { area, screen: "phone", corner: "top-left" }));
    expect(view).toBe("pair");
    expect(tiles[0]).toMatchObject({
      participant: { identity: "a" },
      box: { x: 0, y: 0, ...area },
    });
    expect(tiles[1]).toMatchObject({
      participant: { identity: "me" },
      box: { x: 10, y: 10, width: 104 },
    });
  });

  it("puts two on a laptop side by side, oneself last", () => {
    expect(shown(stage(["a"]))).toEqual(["a", "me"]);
  });

  it("shows thirty people on three pages and stays on the last when people leave", () => {
    const many = Array.from({ length: 29 }, (_, index) => `p${index}`);
    const last = arrange(stage(many, { page: 2 }));
    expect(last).toMatchObject({ page: 2, pages: 3 });
    expect(last.tiles).toHaveLength(6);
    expect(arrange(stage(many.slice(0, 14), { page: 2 }))).toMatchObject({ page: 1, pages: 2 });
    expect(shown(stage(many))).toContain("me");
  });

  it("shows a shared screen with its sharer first in the strip", () => {
    const input = stage(["a", "b"], {
      participants: [person("me"), person("a"), person("b", { isSharing: true })],
    });
    const { view, shares } = arrange(input);
    expect(view).toBe("share");
    expect(shares[0]?.participant.identity).toBe("b");
    expect(shown(input)).toEqual(["b", "a", "me"]);
  });

  it("prefers the screen of another to one's own", () => {
    const participants = [person("me", { isSharing: true }), person("a", { isSharing: true })];
    expect(arrange(stage(["a"], { participants })).shares[0]?.participant.identity).toBe("a");
    expect(arrange(stage([], { participants: [person("me", { isSharing: true })] })).view).toBe(
      "share",
    );
  });

  it("leaves out people who are in the order but gone", () => {
    expect(shown(stage(["a", "gone"], { participants: [person("me"), person("a")] }))).toEqual([
      "a",
      "me",
    ]);
  });

  it("is empty before oneself is known", () => {
    expect(arrange(stage([], { participants: [] })).tiles).toEqual([]);
  });
});
