import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import { type NewsConnection, type NewsMessage, NewsSocket } from "@/api/news-socket";
import { FakeTimers } from "@/lib/timers.fake";

class FakeConnection {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: unknown[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
  }

  says(message: unknown): void {
    const data = typeof message === "string" ? message : JSON.stringify(message);
    this.onmessage?.({ data });
  }
}

let timers: FakeTimers;
let connections: FakeConnection[];
let tokens: (string | ApiError)[];
let token: (refused?: string) => Promise<string>;
let heard: NewsMessage[];
let socket: NewsSocket;

const settle = () => new Promise((resolve) => setTimeout(resolve));
const latest = () => connections.at(-1) as FakeConnection;

async function open(unread = 0): Promise<void> {
  await settle();
  latest().onopen?.();
  latest().says({ type: "ready", unread });
}

beforeEach(() => {
  timers = new FakeTimers();
  connections = [];
  tokens = [];
  heard = [];
  token = vi.fn(async () => {
    const next = tokens.shift() ?? "token";
    if (next instanceof ApiError) {
      throw next;
    }
    return next;
  });
  const connect = () => {
    connections.push(new FakeConnection());
    return latest() as unknown as NewsConnection;
  };
  socket = new NewsSocket({ connect, token, timers, random: () => 1 }, (message) =>
    heard.push(message),
  );
});

describe("NewsSocket", () => {
  it("says who it is first, and passes on what it hears", async () => {
    socket.start();
    socket.start();
    await open(2);
    expect(connections).toHaveLength(1);
    expect(latest().sent).toEqual([{ type: "authenticate", token: "token" }]);
    expect(socket.isLive.value).toBe(true);
    latest().says({ type: "unread", unread: 1 });
    expect(heard).toEqual([
      { type: "ready", unread: 2 },
      { type: "unread", unread: 1 },
    ]);
  });

  it.each(["", "[", "null", '"ready"', '{"type":"ready"}', '{"type":"unread","unread":"1"}', "{}"])(
    "ignores what it cannot read: %s",
    async (text) => {
      socket.start();
      await open();
      latest().says(text);
      latest().says({ type: "notification", unread: 1, notification: "none" });
      expect(heard).toHaveLength(1);
    },
  );

  it("comes back after longer and longer when it is closed again and again", async () => {
    socket.start();
    await settle();
    for (const delay of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
      const before = connections.length;
      latest().onclose?.();
      timers.advance(delay - 1);
      await settle();
      expect(connections).toHaveLength(before);
      timers.advance(1);
      await settle();
      expect(connections).toHaveLength(before + 1);
    }
    await open();
    latest().onclose?.();
    expect(socket.isLive.value).toBe(false);
    timers.advance(1000);
    await settle();
    expect(connections).toHaveLength(10);
  });

  it("opens another one when the server hangs, and hears nothing of the old one", async () => {
    socket.start();
    await open();
    const hanging = latest();
    const listen = hanging.onmessage;
    timers.advance(45_000);
    expect(hanging.sent.at(-1)).toEqual({ type: "ping" });
    timers.advance(10_000);
    expect(hanging.isClosed).toBe(true);
    expect(hanging.onmessage).toBeNull();
    expect(listen).not.toBeNull();
    timers.advance(1000);
    await open(5);
    expect(connections).toHaveLength(2);
    expect(heard.at(-1)).toEqual({ type: "ready", unread: 5 });
  });

  it("stays while pings are answered", async () => {
    socket.start();
    await open();
    for (let minute = 0; minute < 60; minute += 1) {
      timers.advance(45_000);
      latest().says({ type: "pong" });
    }
    expect(connections).toHaveLength(1);
    expect(socket.isLive.value).toBe(true);
  });

  it("opens another one when nothing answers at all", async () => {
    socket.start();
    await settle();
    timers.advance(20_000);
    expect(latest().isClosed).toBe(true);
    timers.advance(1000);
    await settle();
    expect(connections).toHaveLength(2);
  });

  it("asks for another token when the one it has is refused", async () => {
    tokens = ["old", "new"];
    socket.start();
    await settle();
    latest().says({ type: "error", code: "access_token_expired", message: "" });
    latest().onclose?.();
    timers.advance(1000);
    await open();
    expect(token).toHaveBeenLastCalledWith("old");
    expect(latest().sent).toEqual([{ type: "authenticate", token: "new" }]);
  });

  it("stops when nobody is signed in any more, and waits when the server cannot be asked", async () => {
    tokens = [new ApiError("unreachable", 0, ""), new ApiError("refresh_token_refused", 401, "")];
    socket.start();
    await settle();
    timers.advance(1000);
    await settle();
    timers.advance(3_600_000);
    await settle();
    expect(token).toHaveBeenCalledTimes(2);
    expect(connections).toHaveLength(0);
  });

  it("leaves room for other tabs when too many are open", async () => {
    socket.start();
    await settle();
    latest().says({ type: "error", code: "sockets_exhausted", message: "" });
    latest().onclose?.();
    timers.advance(299_000);
    await settle();
    expect(connections).toHaveLength(1);
    timers.advance(1000);
    await settle();
    expect(connections).toHaveLength(2);
  });

  it("tries at once when the network is back, and not beside a connection that stands", async () => {
    socket.start();
    await settle();
    latest().onclose?.();
    socket.wake();
    await open();
    socket.wake();
    await settle();
    expect(connections).toHaveLength(2);
  });

  it("does not open when it was stopped while the token was on its way", async () => {
    socket.start();
    socket.stop();
    await settle();
    socket.wake();
    await settle();
    expect(connections).toHaveLength(0);
    socket.start();
    await open();
    socket.stop();
    timers.advance(3_600_000);
    await settle();
    expect(connections).toHaveLength(1);
    expect(latest().isClosed).toBe(true);
  });
});
