import { beforeEach, describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import { Voices } from "./speaking";

describe("Voices", () => {
  let timers: FakeTimers;
  let voices: Voices;
  const isSpeaking = (identity: string) => voices.speaking.value.has(identity);

  beforeEach(() => {
    timers = new FakeTimers();
    voices = new Voices(timers);
  });

  it("shows a voice only after 120 ms", () => {
    voices.report(new Set(["a"]));
    timers.advance(119);
    expect(isSpeaking("a")).toBe(false);
    timers.advance(1);
    expect(isSpeaking("a")).toBe(true);
  });

  it("ignores a cough", () => {
    voices.report(new Set(["a"]));
    timers.advance(100);
    voices.report(new Set());
    timers.advance(5000);
    expect(isSpeaking("a")).toBe(false);
  });

  it("bridges a breath and goes out after 600 ms", () => {
    voices.report(new Set(["a"]));
    timers.advance(500);
    voices.report(new Set());
    timers.advance(400);
    voices.report(new Set(["a"]));
    timers.advance(3000);
    expect(isSpeaking("a")).toBe(true);
    voices.report(new Set());
    timers.advance(599);
    expect(isSpeaking("a")).toBe(true);
    timers.advance(1);
    expect(isSpeaking("a")).toBe(false);
  });

  it("does not start again when the same voice is reported again", () => {
    voices.report(new Set(["a"]));
    timers.advance(60);
    voices.report(new Set(["a"]));
    timers.advance(60);
    expect(isSpeaking("a")).toBe(true);
  });

  it("remembers since when someone speaks and when they were heard", () => {
    timers.advance(1000);
    voices.report(new Set(["a"]));
    timers.advance(200);
    expect(voices.heard.get("a")).toEqual({ speakingSinceMs: 1000, heardAtMs: 1120 });
    voices.report(new Set());
    timers.advance(600);
    expect(voices.heard.get("a")).toEqual({ speakingSinceMs: null, heardAtMs: 1800 });
  });

  it("forgets who left, also while waiting", () => {
    voices.report(new Set(["a"]));
    voices.forget("a");
    timers.advance(5000);
    expect(isSpeaking("a")).toBe(false);
    expect(voices.heard.has("a")).toBe(false);
  });
});
