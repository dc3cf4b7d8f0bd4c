import { describe, expect, it } from "vitest";
import type { Voice } from "@/media/speaking";
import { arrange } from "./arrange";
import type { StageInput } from "./arrangement";
import { person, shown, stage } from "./arrangement.fake";
import { followSpeaker, NO_SPEAKER } from "./focus";

const THREE = [person("a"), person("b"), person("c")];
const largest = (input: StageInput) => {
  const boxes = [...arrange(input).tiles, ...arrange(input).shares];
  return boxes.sort((left, right) => right.box.width - left.box.width)[0]?.participant.identity;
};

describe("arrange with something large", () => {
  it("makes a pinned person large and keeps everybody else in the strip", () => {
    const input = stage(THREE, { pinned: "c" });
    expect(arrange(input).view).toBe("focus");
    expect(shown(input)).toEqual(["c", "a", "b", "me"]);
    expect(largest(input)).toBe("c");
  });

  it("makes who is pinned for all large, unless one pinned somebody oneself", () => {
    const people = [person("a"), person("b", { isPinnedForAll: true }), person("c")];
    expect(largest(stage(people))).toBe("b");
    expect(largest(stage(people, { layout: "speaker", speaker: "c" }))).toBe("b");
    expect(largest(stage(people, { pinned: "c" }))).toBe("c");
  });

  it("keeps who is pinned for all in the strip of a shared screen, however silent", () => {
    const people = Array.from({ length: 20 }, (_, index) => person(`p${index}`));
    const heardAtMs = new Map(people.map(({ identity }, index) => [identity, index + 1]));
    const interpreter = person("interpreter", { isPinnedForAll: true });
    const sharer = person("sharer", { isSharing: true });
    const input = stage([...people, sharer, interpreter], { heardAtMs });
    expect(arrange(input).view).toBe("share");
    expect(shown(input).slice(0, 2)).toEqual(["interpreter", "sharer"]);
  });

  it("does not make one's own picture large for oneself", () => {
    const input = stage(THREE);
    const self = person("me", { isPinnedForAll: true });
    expect(arrange({ ...input, participants: [self, ...THREE] }).view).toBe("grid");
  });

  it("returns to the grid when the pinned one has left", () => {
    expect(arrange(stage(THREE, { pinned: "gone" })).view).toBe("grid");
  });

  it("shows who speaks large, and the first before anybody spoke", () => {
    expect(largest(stage(THREE, { layout: "speaker" }))).toBe("a");
    expect(largest(stage(THREE, { layout: "speaker", speaker: "b" }))).toBe("b");
  });

  it("puts the strip beside in the sidebar and above in the speaker layout", () => {
    const place = (layout: "speaker" | "sidebar") =>
      arrange(stage(THREE, { layout, area: { width: 1000, height: 684 } })).tiles[1]?.box;
    expect(place("speaker")?.y).toBe(0);
    expect(place("sidebar")?.x).toBeGreaterThan(700);
  });

  it("never lets tiles overlap or leave the stage", () => {
    for (const layout of ["speaker", "sidebar"] as const) {
      const { tiles } = arrange(stage(THREE, { layout }));
      for (const { box } of tiles) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(1342);
        expect(box.y + box.height).toBeLessThanOrEqual(684);
      }
      const [large, ...strip] = tiles.map(({ box }) => box);
      for (const small of strip) {
        const isApart =
          small.x >= (large?.x ?? 0) + (large?.width ?? 0) ||
          small.y + small.height <= (large?.y ?? 0);
        expect(isApart).toBe(true);
      }
    }
  });

  it("keeps someone alone alone, whatever the layout", () => {
    expect(arrange(stage([], { layout: "speaker", pinned: "me" })).view).toBe("alone");
  });

  it("keeps the screen in the strip while a person is pinned over it", () => {
    const sharing = [person("a"), person("b", { isSharing: true })];
    const { view, shares } = arrange(stage(sharing, { pinned: "a" }));
    expect(view).toBe("focus");
    expect(shares).toMatchObject([{ participant: { identity: "b" }, isSmall: true }]);
  });

  it("shows the wanted one of several screens large and the others small", () => {
    const sharing = [person("a", { isSharing: true }), person("b", { isSharing: true })];
    const { shares } = arrange(stage(sharing, { wantedShare: "b" }));
    expect(shares.map(({ participant, isSmall }) => [participant.identity, isSmall])).toEqual([
      ["b", false],
      ["a", true],
    ]);
  });

  it("hides oneself from every view but one's own shared screen", () => {
    expect(shown(stage(THREE, { isSelfHidden: true }))).toEqual(["a", "b", "c"]);
    const upright = { width: 374, height: 704 };
    const pair = stage([person("a")], { isSelfHidden: true, screen: "phone", area: upright });
    expect(shown(pair)).toEqual(["a"]);
    const participants = [person("me", { isSharing: true }), ...THREE];
    expect(arrange(stage(THREE, { isSelfHidden: true, participants })).view).toBe("share");
    expect(arrange(stage([], { isSelfHidden: true })).view).toBe("alone");
  });
});

describe("followSpeaker", () => {
  const OTHERS = ["a", "b"];
  const voice = (since: number | null): Voice => ({ speakingSinceMs: since, heardAtMs: 0 });
  const at = (nowMs: number, voices: Record<string, Voice>, isPointerOnStage = false) => ({
    nowMs,
    isPointerOnStage,
    voices: new Map(Object.entries(voices)),
  });

  it("waits for two seconds of speech", () => {
    expect(followSpeaker(NO_SPEAKER, at(1900, { a: voice(0) }), OTHERS)).toBe(NO_SPEAKER);
    expect(followSpeaker(NO_SPEAKER, at(2000, { a: voice(0) }), OTHERS).speaker).toBe("a");
  });

  it("lets the one who still speaks keep the place", () => {
    const state = { speaker: "a", movedAtMs: 0 };
    const both = { a: voice(1), b: voice(1) };
    expect(followSpeaker(state, at(60_000, both), OTHERS)).toBe(state);
    const after = followSpeaker(state, at(60_000, { a: voice(null), b: voice(1) }), OTHERS);
    expect(after.speaker).toBe("b");
  });

  it("moves nobody under the pointer, unless the large one has left", () => {
    const state = { speaker: "a", movedAtMs: 0 };
    const voices = { b: voice(1) };
    expect(followSpeaker(state, at(60_000, voices, true), OTHERS)).toBe(state);
    expect(followSpeaker(state, at(60_000, voices, true), ["b"]).speaker).toBe("b");
  });

  it("never takes oneself, who is not among the others", () => {
    expect(followSpeaker(NO_SPEAKER, at(9000, { me: voice(0) }), OTHERS)).toBe(NO_SPEAKER);
  });
});
