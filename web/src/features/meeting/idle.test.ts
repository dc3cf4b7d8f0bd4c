import { beforeEach, describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import { announceIdle, followStirring, Idle } from "./idle";

const TEN_MINUTES = 600_000;

describe("Idle", () => {
  let timers: FakeTimers;
  let overs: number;
  let idle: Idle;

  beforeEach(() => {
    timers = new FakeTimers();
    overs = 0;
    idle = new Idle(timers, () => {
      overs += 1;
    });
  });

  it("asks after ten minutes alone without a sign, counts, and lets go once", () => {
    idle.watch(true);
    timers.advance(TEN_MINUTES - 1);
    expect(idle.secondsLeft.value).toBeUndefined();
    timers.advance(1);
    expect(idle.secondsLeft.value).toBe(60);
    timers.advance(59_000);
    expect([idle.secondsLeft.value, overs]).toEqual([1, 0]);
    timers.advance(TEN_MINUTES);
    expect([idle.secondsLeft.value, overs]).toEqual([undefined, 1]);
  });

  it("waits ten minutes from the last sign", () => {
    idle.watch(true);
    timers.advance(TEN_MINUTES / 2);
    idle.stir();
    timers.advance(TEN_MINUTES / 2);
    expect(idle.secondsLeft.value).toBeUndefined();
    timers.advance(TEN_MINUTES / 2);
    expect(idle.secondsLeft.value).toBe(60);
  });

  it("stays when one moves while it counts, and begins anew", () => {
    idle.watch(true);
    timers.advance(TEN_MINUTES + 30_000);
    idle.stir();
    timers.advance(TEN_MINUTES - 1);
    expect([idle.secondsLeft.value, overs]).toEqual([undefined, 0]);
    timers.advance(1);
    expect(idle.secondsLeft.value).toBe(60);
  });

  it("stops at once when somebody comes", () => {
    idle.watch(true);
    timers.advance(TEN_MINUTES + 30_000);
    idle.watch(false);
    timers.advance(TEN_MINUTES * 3);
    expect([idle.secondsLeft.value, overs]).toEqual([undefined, 0]);
  });

  it("minds no sign of somebody who is not alone", () => {
    idle.stir();
    timers.advance(TEN_MINUTES * 3);
    expect(overs).toBe(0);
  });

  it("says how long there is left at marks only", () => {
    const said: number[] = [];
    announceIdle(idle, (seconds) => said.push(seconds));
    idle.watch(true);
    timers.advance(TEN_MINUTES + 60_000);
    expect(said).toEqual([60, 30, 10]);
  });

  it("takes keys and presses of the page, until told to stop", () => {
    const page = new EventTarget();
    const stop = followStirring(idle, page);
    idle.watch(true);
    timers.advance(TEN_MINUTES + 5000);
    page.dispatchEvent(new Event("keydown"));
    expect(idle.secondsLeft.value).toBeUndefined();
    timers.advance(TEN_MINUTES + 5000);
    stop();
    page.dispatchEvent(new Event("keydown"));
    expect(idle.secondsLeft.value).toBe(55);
  });
});
