import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
import { watchSilence } from "@/features/join/silence";
import { FakeTimers } from "@/lib/timers.fake";

function watched() {
  const level = signal(0);
  const timers = new FakeTimers();
  const report = vi.fn();
  return { level, timers, report, stop: watchSilence(level, timers, report) };
}

describe("watchSilence", () => {
  it("speaks up after six seconds without any sound", () => {
    const { timers, report } = watched();
    timers.advance(5_999);
    expect(report).not.toHaveBeenCalled();
    timers.advance(1);
    expect(report.mock.calls).toEqual([[true]]);
  });

  it("takes it back at the first sound, and starts anew", () => {
    const { level, timers, report } = watched();
    timers.advance(5_000);
    level.value = 0.3;
    level.value = 0;
    timers.advance(5_999);
    expect(report.mock.calls).toEqual([[false]]);
    timers.advance(1);
    expect(report).toHaveBeenLastCalledWith(true);
  });

  it("is quiet after the end", () => {
    const { timers, report, stop } = watched();
    stop();
    timers.advance(60_000);
    expect(report).not.toHaveBeenCalled();
  });
});
