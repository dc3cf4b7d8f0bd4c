import { describe, expect, it } from "vitest";
import { scrollFor, zoomedBy } from "./zoom";

describe("zoomedBy", () => {
  it("walks up and down and stops at both ends", () => {
    expect(zoomedBy(1, 1)).toBe(1.5);
    expect(zoomedBy(1.5, -1)).toBe(1);
    expect(zoomedBy(1, -1)).toBe(1);
    expect(zoomedBy(4, 1)).toBe(4);
  });
});

describe("scrollFor", () => {
  it("keeps the middle in the middle", () => {
    expect(scrollFor(0, 600, 2)).toBe(300);
    expect(scrollFor(300, 600, 0.5)).toBe(0);
  });
});
