import { describe, expect, it, vi } from "vitest";
import type { MeetingsNow } from "@/api/administration";
import { ApiError } from "@/api/client";
import { FakeTimers } from "@/lib/timers.fake";
import { createMeetingsNow } from "./meetings-now";

const now = (rooms: number): MeetingsNow => ({ items: [], rooms, people: rooms, others: 0 });
const settled = () => new Promise((resolve) => setTimeout(resolve));

function made(...answers: (MeetingsNow | ApiError)[]) {
  const timers = new FakeTimers();
  const seen = { is: true };
  const list = vi.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined || answer instanceof ApiError) {
      throw answer;
    }
    return answer;
  });
  const state = createMeetingsNow({ list, timers, isSeen: () => seen.is });
  return { state, timers, seen, list };
}

describe("rooms in use", () => {
  it("are looked at again every few seconds, and no more once nobody looks", async () => {
    const { state, timers, list } = made(now(1), now(2));
    const stop = state.follow();
    await settled();
    expect(state.found.value?.rooms).toBe(1);

    timers.advance(5_000);
    await settled();
    expect(state.found.value?.rooms).toBe(2);

    stop();
    timers.advance(60_000);
    await settled();
    expect(list).toHaveBeenCalledTimes(2);
  });

  it("are not asked for while nobody sees the page", async () => {
    const { state, timers, seen, list } = made(now(1));
    seen.is = false;
    const stop = state.follow();
    timers.advance(5_000);
    await settled();
    expect(list).not.toHaveBeenCalled();

    seen.is = true;
    timers.advance(5_000);
    await settled();
    expect(list).toHaveBeenCalledTimes(1);
    stop();
  });

  it("stay as they were told while the server cannot be asked", async () => {
    const { state, timers } = made(now(3), new ApiError("unreachable", 0, ""), now(1));
    const stop = state.follow();
    await settled();
    timers.advance(5_000);
    await settled();
    expect(state.found.value?.rooms).toBe(3);
    expect(state.error.value).toBeTruthy();

    timers.advance(5_000);
    await settled();
    expect(state.found.value?.rooms).toBe(1);
    expect(state.error.value).toBeUndefined();
    stop();
  });

  it("show what was asked for last when answers overtake each other", async () => {
    const waiting: ((told: MeetingsNow) => void)[] = [];
    const list = () => new Promise<MeetingsNow>((resolve) => waiting.push(resolve));
    const state = createMeetingsNow({ list, timers: new FakeTimers(), isSeen: () => true });
    const both = [state.load(), state.load()];
    waiting[1]?.(now(2));
    waiting[0]?.(now(1));
    await Promise.all(both);
    expect(state.found.value?.rooms).toBe(2);
  });
});
