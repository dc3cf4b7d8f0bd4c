import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { JoinedRoom, JoinRequest, RoomView } from "@/api/rooms";
import { keptName } from "@/features/join/kept";
import { Join } from "@/features/join/state";
import { hostSecretOf, keepHostSecret } from "@/lib/host-secrets";
import { FakeTimers } from "@/lib/timers.fake";

const CODE = "abc-defg-hij";
const ROOM: RoomView = {
  code: CODE,
  title: "Rapat wali kelas",
  created_at: "2026-01-05T02:30:00Z",
  ended: false,
  has_password: false,
  participants: [],
  participant_count: 0,
};
const JOINED: JoinedRoom = {
  url: "ws://host/",
  token: "token",
  identity: "p1",
  seat: "seat",
  ticket: "ticket",
  expires_in_s: 600,
  role: "guest",
};
const NOT_FOUND = new ApiError("room_not_found", 404, "");
const UNREACHABLE = new ApiError("unreachable", 0, "");

function visit(looks: (RoomView | ApiError)[], joins: (JoinedRoom | ApiError)[] = [JOINED]) {
  const answer = <T>(queue: (T | ApiError)[]): Promise<T> => {
    const next = queue.length > 1 ? queue.shift() : queue[0];
    return next instanceof ApiError ? Promise.reject(next) : Promise.resolve(next as T);
  };
  const timers = new FakeTimers();
  const look = vi.fn((_code: string) => answer(looks));
  const ask = vi.fn((_code: string, _request: JoinRequest) => answer(joins));
  return { join: new Join(CODE, { look, join: ask, timers }), look, ask, timers };
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe("look", () => {
  it("shows a room that can be joined", async () => {
    const { join } = visit([ROOM]);
    expect(join.room.value.status).toBe("loading");
    await join.look();
    expect(join.room.value).toEqual({ status: "ready", room: ROOM });
  });

  it("knows an unknown code from a room that is over", async () => {
    const unknown = visit([NOT_FOUND]);
    await unknown.join.look();
    expect(unknown.join.room.value).toEqual({ status: "unknown" });
    const over = visit([{ ...ROOM, ended: true }]);
    await over.join.look();
    expect(over.join.room.value).toEqual({ status: "ended", title: ROOM.title });
  });

  it("follows who is inside every ten seconds, and stops when left", async () => {
    const { join, look, timers } = visit([ROOM]);
    await join.look();
    timers.advance(10_000);
    expect(look).toHaveBeenCalledTimes(2);
    await Promise.resolve();
    join.end();
    timers.advance(60_000);
    expect(look).toHaveBeenCalledTimes(2);
  });

  it("asks no more for a code that does not exist", async () => {
    const { join, look, timers } = visit([NOT_FOUND]);
    await join.look();
    timers.advance(60_000);
    expect(look).toHaveBeenCalledTimes(1);
  });

  it("tries a silent server again by itself", async () => {
    const { join, timers } = visit([UNREACHABLE, ROOM]);
    await join.look();
    expect(join.room.value).toEqual({ status: "failed", error: UNREACHABLE });
    timers.advance(10_000);
    await vi.waitFor(() => expect(join.room.value.status).toBe("ready"));
  });

  it("keeps a room on the screen when a later look fails", async () => {
    const { join } = visit([ROOM, UNREACHABLE]);
    await join.look();
    await join.look();
    expect(join.room.value.status).toBe("ready");
  });
});

describe("join", () => {
  it("sends a password only when there is one", async () => {
    const wrong = new ApiError("room_password_wrong", 403, "");
    const { join, ask } = visit([ROOM], [wrong, wrong, JOINED]);
    expect(join.hasPassword.value).toBe(false);
    expect(await join.join("Ayu")).toBeUndefined();
    expect(join.hasPassword.value).toBe(true);
    expect(await join.join("Ayu", { password: "pintu" })).toBeUndefined();
    expect(await join.join("Ayu", { password: "teras" })).toMatchObject({ token: "token" });
    expect(ask.mock.calls.map(([, request]) => request.password)).toEqual([
      undefined,
      "pintu",
      "teras",
    ]);
  });

  it("gives an admission and remembers name and seat", async () => {
    const { join, ask } = visit([ROOM]);
    await join.look();
    const admission = await join.join("  Ratna Wulandari ");
    expect(admission).toEqual({
      code: CODE,
      title: ROOM.title,
      url: JOINED.url,
      token: "token",
      identity: "p1",
      seat: "seat",
      name: "Ratna Wulandari",
      role: "guest",
    });
    expect(keptName()).toBe("Ratna Wulandari");
    await join.join("Ratna");
    expect(ask.mock.calls[1]?.[1]).toEqual({ name: "Ratna", seat: "seat" });
  });

  it("never keeps the token", async () => {
    const { join } = visit([ROOM], [{ ...JOINED, token: "very-secret" }]);
    await join.join("Ratna");
    expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain(
      "very-secret",
    );
  });

  it("shows the host secret to the server", async () => {
    keepHostSecret(CODE, "secret");
    const { join, ask } = visit([ROOM], [{ ...JOINED, role: "host" }]);
    const admission = await join.join("Ratna");
    expect(ask.mock.calls[0]?.[1]).toEqual({ name: "Ratna", host_secret: "secret" });
    expect(admission).toMatchObject({ role: "host" });
  });

  it("comes in as a guest when the host secret is wrong", async () => {
    keepHostSecret(CODE, "stale");
    const wrong = new ApiError("host_secret_wrong", 403, "");
    const { join, ask } = visit([ROOM], [wrong, JOINED]);
    await expect(join.join("Ratna")).resolves.toMatchObject({ role: "guest" });
    expect(ask.mock.calls[1]?.[1]).toEqual({ name: "Ratna" });
    expect(hostSecretOf(CODE)).toBeUndefined();
  });

  it("asks once when pressed twice", async () => {
    const { join, ask } = visit([ROOM]);
    const [first, second] = await Promise.all([join.join("Ratna"), join.join("Ratna")]);
    expect(first).toBeDefined();
    expect(second).toBeUndefined();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("says why it was refused, and can be tried again", async () => {
    const full = new ApiError("room_full", 429, "The room is full.");
    const { join } = visit([ROOM], [full, JOINED]);
    await expect(join.join("Ratna")).resolves.toBeUndefined();
    expect(join.refusal.value).toBe(full);
    expect(join.isJoining.value).toBe(false);
    await expect(join.join("Ratna")).resolves.toBeDefined();
    expect(join.refusal.value).toBeUndefined();
  });

  it("shows the end when the room ended meanwhile", async () => {
    const { join } = visit([ROOM], [new ApiError("room_ended", 410, "")]);
    await join.look();
    await join.join("Ratna");
    expect(join.room.value).toEqual({ status: "ended", title: ROOM.title });
    expect(join.refusal.value).toBeUndefined();
  });
});
