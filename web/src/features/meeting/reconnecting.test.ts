import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import { countSeconds, reconnectingPhase } from "./reconnecting";

describe("countSeconds", () => {
  it("counts while the connection is away and begins anew the next time", () => {
    const timers = new FakeTimers();
    const isAway = signal(false);
    const seconds = countSeconds(isAway, timers);
    expect(seconds.value).toBeUndefined();
    isAway.value = true;
    expect(seconds.value).toBe(0);
    timers.advance(4200);
    expect(seconds.value).toBe(4);
    isAway.value = false;
    timers.advance(5000);
    expect(seconds.value).toBeUndefined();
    isAway.value = true;
    expect(seconds.value).toBe(0);
  });
});

describe("reconnectingPhase", () => {
  it.each([
    [undefined, "none"],
    [0, "none"],
    [1, "dim"],
    [2, "card"],
    [60, "card"],
  ] as const)("after %s seconds is %s", (seconds, phase) => {
    expect(reconnectingPhase(seconds)).toBe(phase);
  });
});
