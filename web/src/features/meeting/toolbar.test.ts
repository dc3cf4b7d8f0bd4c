import { describe, expect, it } from "vitest";
import { nextInToolbar } from "./toolbar";

describe("nextInToolbar", () => {
  it("goes round in both directions", () => {
    expect(nextInToolbar("ArrowRight", 2, 3)).toBe(0);
    expect(nextInToolbar("ArrowLeft", 0, 3)).toBe(2);
  });

  it("goes to the ends", () => {
    expect(nextInToolbar("Home", 2, 3)).toBe(0);
    expect(nextInToolbar("End", 0, 3)).toBe(2);
  });

  it("leaves other keys alone", () => {
    expect(nextInToolbar("ArrowUp", 1, 3)).toBeUndefined();
    expect(nextInToolbar("ArrowRight", 0, 0)).toBeUndefined();
  });
});
