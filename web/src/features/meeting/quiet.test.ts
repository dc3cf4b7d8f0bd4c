import { describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import { Quiet } from "./quiet";

describe("Quiet", () => {
  it("is quiet four seconds after the last touch", () => {
    const timers = new FakeTimers();
    const quiet = new Quiet(timers);
    quiet.touch();
    timers.advance(3999);
    expect(quiet.isQuiet.value).toBe(false);
    quiet.touch();
    timers.advance(3999);
    expect(quiet.isQuiet.value).toBe(false);
    timers.advance(1);
    expect(quiet.isQuiet.value).toBe(true);
    quiet.touch();
    expect(quiet.isQuiet.value).toBe(false);
  });

  it("never becomes quiet once it was stopped", () => {
    const timers = new FakeTimers();
    const quiet = new Quiet(timers);
    quiet.touch();
    quiet.stop();
    timers.advance(10_000);
    expect(quiet.isQuiet.value).toBe(false);
  });
});
