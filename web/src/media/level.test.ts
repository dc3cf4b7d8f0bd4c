import { describe, expect, it } from "vitest";
import { levelOf } from "./level";

const sine = (amplitude: number) =>
  Float32Array.from({ length: 480 }, (_, index) => amplitude * Math.sin(index / 3));

describe("levelOf", () => {
  it("is nothing in silence", () => {
    expect(levelOf(new Float32Array(480))).toBe(0);
    expect(levelOf(new Float32Array())).toBe(0);
  });

  it("grows with the sound and ends at one", () => {
    expect(levelOf(sine(0.01))).toBeLessThan(levelOf(sine(0.1)));
    expect(levelOf(sine(1))).toBe(1);
  });
});
