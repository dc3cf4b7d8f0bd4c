import { describe, expect, it } from "vitest";
import type { Voice } from "@/media/speaking";
import { EMPTY_ORDER, followPresent, type Moment, promoteSpeaker, withSelf } from "./order";

const person = (identity: string, joinedAtMs: number, isSelf = false) => ({
  identity,
  joinedAtMs,
  isSelf,
});

describe("followPresent", () => {
  it("keeps the order in which people joined and leaves oneself out", () => {
    const state = followPresent(EMPTY_ORDER, [
      person("me", 1, true),
      person("late", 9),
      person("early", 2),
    ]);
    expect(state.others).toEqual(["early", "late"]);
  });

  it("puts newcomers last even when their clock says earlier", () => {
    const first = followPresent(EMPTY_ORDER, [person("a", 5)]);
    expect(followPresent(first, [person("a", 5), person("b", 1)]).others).toEqual(["a", "b"]);
  });

  it("closes the gap of someone who left", () => {
    const first = followPresent(EMPTY_ORDER, [person("a", 1), person("b", 2), person("c", 3)]);
    expect(followPresent(first, [person("a", 1), person("c", 3)]).others).toEqual(["a", "c"]);
  });

  it("is the same object when nothing changed", () => {
    const first = followPresent(EMPTY_ORDER, [person("a", 1)]);
    expect(followPresent(first, [person("a", 1)])).toBe(first);
  });
});

describe("withSelf", () => {
  it("puts oneself last", () => {
    expect(withSelf(["a", "b"], "me", 12)).toEqual(["a", "b", "me"]);
  });

  it("keeps oneself on the first page of many", () => {
    expect(withSelf(["a", "b", "c", "d"], "me", 3)).toEqual(["a", "b", "me", "c", "d"]);
  });
});

describe("promoteSpeaker", () => {
  const state = { others: ["a", "b", "c", "d"], movedAtMs: 0 };
  const voices = new Map<string, Voice>([
    ["a", { speakingSinceMs: null, heardAtMs: 8000 }],
    ["b", { speakingSinceMs: null, heardAtMs: 3000 }],
    ["d", { speakingSinceMs: 7000, heardAtMs: 10000 }],
  ]);
  const moment: Moment = { nowMs: 10_000, isPointerOnStage: false, visible: ["a", "b"], voices };

  it("gives an unseen speaker the place of who was silent longest", () => {
    expect(promoteSpeaker(state, moment)).toEqual({
      others: ["a", "d", "c", "b"],
      movedAtMs: 10_000,
    });
  });

  it("waits until two seconds of speech", () => {
    expect(promoteSpeaker(state, { ...moment, nowMs: 8999 })).toBe(state);
  });

  it("moves at most once in three seconds", () => {
    const moved = { ...state, movedAtMs: 7500 };
    expect(promoteSpeaker(moved, moment)).toBe(moved);
  });

  it("moves nothing under the pointer", () => {
    expect(promoteSpeaker(state, { ...moment, isPointerOnStage: true })).toBe(state);
  });

  it("does not take the place of someone who speaks", () => {
    const all = new Map(voices);
    all.set("a", { speakingSinceMs: 1, heardAtMs: 1 });
    all.set("b", { speakingSinceMs: 1, heardAtMs: 1 });
    expect(promoteSpeaker(state, { ...moment, voices: all })).toBe(state);
  });
});
