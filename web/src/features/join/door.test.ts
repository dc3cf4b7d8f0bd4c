import { describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { JoinAnswer, JoinedRoom, JoinRequest, WaitingRoom } from "@/api/rooms";
import { Door } from "@/features/join/door";
import { FakeTimers } from "@/lib/timers.fake";

const JOINED: JoinedRoom = {
  url: "ws://host/",
  token: "token",
  identity: "p1",
  seat: "seat",
  ticket: "ticket",
  expires_in_s: 600,
  role: "guest",
};
const WAIT: WaitingRoom = {
  status: "waiting",
  identity: "p1",
  seat: "place",
  retry_after_s: 3,
  is_host_inside: true,
};

function door(...answers: (JoinAnswer | ApiError)[]) {
  const ask = vi.fn(async (_request: JoinRequest) => {
    const next = answers.shift();
    if (next === undefined || next instanceof ApiError) {
      throw next ?? new Error("asked too often");
    }
    return next;
  });
  const timers = new FakeTimers();
  const onSeat = vi.fn();
  const made = new Door(ask, timers);
  return { made, ask, timers, onSeat, entered: made.enter({ name: "Ayu" }, onSeat) };
}

/** Let what was answered be heard. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("Door", () => {
  it("opens at once where nobody has to wait", async () => {
    const { made, entered } = door(JOINED);
    expect(await entered).toBe(JOINED);
    expect(made.wait.value).toBeUndefined();
  });

  it("asks again with its place until somebody opens", async () => {
    const { made, entered, ask, timers, onSeat } = door(WAIT, WAIT, JOINED);
    await settle();
    expect(made.wait.value).toBeDefined();
    expect(onSeat).toHaveBeenCalledWith("place");
    timers.advance(2999);
    await settle();
    expect(ask).toHaveBeenCalledTimes(1);
    timers.advance(1);
    await settle();
    timers.advance(3000);
    expect(await entered).toBe(JOINED);
    expect(ask).toHaveBeenLastCalledWith({ name: "Ayu", seat: "place" });
    expect(made.wait.value).toBeUndefined();
  });

  it("knows since when one waits, and since when somebody could open", async () => {
    const nobody = { ...WAIT, is_host_inside: false };
    const { made, timers } = door(nobody, WAIT, WAIT, nobody);
    await settle();
    expect(made.wait.value).toEqual({ sinceMs: 0 });
    for (const expected of [
      { sinceMs: 0, hostSinceMs: 3000 },
      { sinceMs: 0, hostSinceMs: 3000 },
      { sinceMs: 0 },
    ]) {
      timers.advance(3000);
      await settle();
      expect(made.wait.value).toEqual(expected);
    }
  });

  it("keeps its place while the server cannot be reached", async () => {
    const { entered, timers } = door(WAIT, new ApiError("unreachable", 0, ""), JOINED);
    await settle();
    timers.advance(3000);
    await settle();
    timers.advance(3000);
    expect(await entered).toBe(JOINED);
  });

  it("waits as long as a server says that is asked too much", async () => {
    const busy = new ApiError("too_many_requests", 429, "", { retryAfterS: 20 });
    const { entered, ask, timers } = door(WAIT, busy, JOINED);
    await settle();
    timers.advance(3000);
    await settle();
    timers.advance(19_000);
    expect(ask).toHaveBeenCalledTimes(2);
    timers.advance(1000);
    expect(await entered).toBe(JOINED);
  });

  it("stops when the host does not open", async () => {
    const { made, entered, timers } = door(WAIT, new ApiError("admission_denied", 403, ""));
    const refused = expect(entered).rejects.toMatchObject({ code: "admission_denied" });
    await settle();
    timers.advance(3000);
    await refused;
    expect(made.wait.value).toBeUndefined();
  });

  it("asks no more once given up", async () => {
    const { made, entered, ask, timers } = door(WAIT, JOINED);
    await settle();
    made.giveUp();
    expect(await entered).toBeUndefined();
    timers.advance(10_000);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(made.wait.value).toBeUndefined();
  });
});
