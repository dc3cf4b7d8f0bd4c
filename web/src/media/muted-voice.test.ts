import { describe, expect, it } from "vitest";
import { SpeechWatch } from "./muted-voice";

/** Feeds levels 100 ms apart; whether speech was heard by the end. */
function hears(levels: readonly number[], stepMs = 100): boolean {
  const watch = new SpeechWatch();
  return levels.map((level, index) => watch.hear(level, index * stepMs)).includes(true);
}

describe("SpeechWatch", () => {
  it("hears syllables", () => {
    expect(hears([0.7, 0.2, 0.7, 0.3, 0.8])).toBe(true);
  });

  it("takes a hum, a tone or silence for no speech", () => {
    expect(hears(new Array(100).fill(0.9))).toBe(false);
    expect(hears(new Array(100).fill(0))).toBe(false);
  });

  it("takes a cough or a door for no speech", () => {
    expect(hears([0, 1, 0, 0, 0, 1, 0])).toBe(false);
  });

  it("forgets what was long ago", () => {
    expect(hears([1, 0, 1, 0, 1], 2000)).toBe(false);
  });

  it("does not count a flutter around one level", () => {
    expect(hears([0.55, 0.45, 0.55, 0.45, 0.55, 0.45])).toBe(false);
  });
});
