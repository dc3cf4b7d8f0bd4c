import { describe, expect, it } from "vitest";
import { type ChatMessage, groupMessages, withOwnReaction, written } from "./messages";

const message = (from: string, text: string, sentAtMs = 0): ChatMessage =>
  written({ id: text, from, name: from, text }, sentAtMs);

describe("groupMessages", () => {
  it("groups messages of one person until five minutes passed", () => {
    const groups = groupMessages([
      message("b", "one"),
      message("b", "two"),
      message("b", "three", 5 * 60_000),
    ]);
    expect(groups.map((group) => group.messages.length)).toEqual([2, 1]);
  });

  it("starts a new group when another person writes", () => {
    expect(groupMessages(["b", "c", "b"].map((from) => message(from, "x")))).toHaveLength(3);
  });
});

describe("withOwnReaction", () => {
  it("adds one, takes one away, and does neither twice", () => {
    const once = withOwnReaction([], "👍", true);
    expect(once).toEqual([{ emoji: "👍", count: 1, isOwn: true }]);
    expect(withOwnReaction(once, "👍", true)).toEqual(once);
    expect(withOwnReaction(once, "👍", false)).toEqual([]);
    expect(withOwnReaction([], "👍", false)).toEqual([]);
  });

  it("leaves the signs of others", () => {
    const others = [{ emoji: "👍", count: 2, isOwn: true }];
    expect(withOwnReaction(others, "👍", false)).toEqual([{ emoji: "👍", count: 1, isOwn: false }]);
  });
});
