import { describe, expect, it } from "vitest";
import { rowForKey } from "@/ui/menu-keys";

const ROWS = ["Mikrofon bawaan", "Headset", "Mikrofon USB"];

describe("rowForKey", () => {
  it("goes down and wraps", () => {
    expect(rowForKey("ArrowDown", 0, ROWS)).toBe(1);
    expect(rowForKey("ArrowDown", 2, ROWS)).toBe(0);
  });

  it("goes up and wraps, also when nothing is chosen yet", () => {
    expect(rowForKey("ArrowUp", 0, ROWS)).toBe(2);
    expect(rowForKey("ArrowUp", -1, ROWS)).toBe(2);
  });

  it("jumps to the ends", () => {
    expect(rowForKey("Home", 2, ROWS)).toBe(0);
    expect(rowForKey("End", 0, ROWS)).toBe(2);
  });

  it("finds the next row by its first letter", () => {
    expect(rowForKey("m", 0, ROWS)).toBe(2);
    expect(rowForKey("M", 2, ROWS)).toBe(0);
    expect(rowForKey("h", 0, ROWS)).toBe(1);
  });

  it("ignores other keys and an empty menu", () => {
    expect(rowForKey("Escape", 0, ROWS)).toBeUndefined();
    expect(rowForKey(" ", 0, ROWS)).toBeUndefined();
    expect(rowForKey("x", 0, ROWS)).toBeUndefined();
    expect(rowForKey("ArrowDown", 0, [])).toBeUndefined();
  });
});
