/** The socket that brings notifications as they come: kept open, and opened again whenever it is lost. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import type { Notification } from "@/api/notifications";
import type { Timers } from "@/lib/timers";

export type NewsMessage =
  | { type: "ready" | "unread"; unread: number }
  | { type: "notification"; unread: number; notification: Notification };

type Said = NewsMessage | { type: "pong" } | { type: "error"; code: string };

/** What of a browser's socket is used. */
export type NewsConnection = Pick<WebSocket, "onopen" | "onmessage" | "onclose" | "send" | "close">;

export interface NewsSocketPorts {
  connect: () => NewsConnection;
  /** Token of who is signed in, another one than what was refused; a 401 when nobody is. */
  token: (refused?: string) => Promise<string>;
  timers: Timers;
  /** From 0 to 1: so that not everybody comes back in the same moment. */
  random: () => number;
}

const READY_MS = 20_000;
const PING_AFTER_MS = 45_000;
const PONG_MS = 10_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;
/** As many tabs are open as one person may have. */
const CROWDED_RETRY_MS = 300_000;

/** Connect to this server. */
export function connectNews(): NewsConnection {
  return new WebSocket(new URL("/ws/notifications", location.href.replace(/^http/u, "ws")));
}

/** One socket at a time, from `start` to `stop`. */
export class NewsSocket {
  private readonly ports: NewsSocketPorts;
  private readonly hear: (message: NewsMessage) => void;
  private readonly live = signal(false);
  private connection: NewsConnection | undefined;
  private refused: string | undefined;
  private failures = 0;
  private leastRetryMs = 0;
  /** Counts attempts, so that what an earlier one waited for is ignored. */
  private turn = 0;
  private isOn = false;
  private cancel: () => void = () => undefined;

  constructor(ports: NewsSocketPorts, hear: (message: NewsMessage) => void) {
    this.ports = ports;
    this.hear = hear;
  }

  /** Whether what comes is heard at once. */
  get isLive(): ReadonlySignal<boolean> {
    return this.live;
  }

  start(): void {
    if (!this.isOn) {
      this.isOn = true;
      this.failures = 0;
      void this.attempt();
    }
  }

  stop(): void {
    this.isOn = false;
    this.refused = undefined;
    this.turn += 1;
    this.cancel();
    this.drop();
  }

  /** Try at once instead of waiting: the network is back. */
  wake(): void {
    if (this.isOn && this.connection === undefined) {
      this.cancel();
      this.failures = 0;
      void this.attempt();
    }
  }

  private async attempt(): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    try {
      const token = await this.ports.token(this.refused);
      if (turn === this.turn) {
        this.open(token);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      if (turn !== this.turn) {
        return;
      }
      if (error.status === 401) {
        this.stop();
      } else {
        this.retry();
      }
    }
  }

  private open(token: string): void {
    const connection = this.ports.connect();
    this.connection = connection;
    this.leastRetryMs = 0;
    this.within(READY_MS, () => this.lose());
    connection.onopen = () => connection.send(JSON.stringify({ type: "authenticate", token }));
    connection.onmessage = ({ data }) => this.take(read(data), token);
    connection.onclose = () => this.lose();
  }

  private take(said: Said | undefined, token: string): void {
    if (said?.type === "error") {
      this.note(said.code, token);
      return;
    }
    if (said?.type === "ready") {
      this.failures = 0;
      this.live.value = true;
    }
    this.within(PING_AFTER_MS, () => this.ping());
    if (said !== undefined && said.type !== "pong") {
      this.hear(said);
    }
  }

  /** The server says why, and closes. */
  private note(code: string, token: string): void {
    if (code.startsWith("access_token_")) {
      this.refused = token;
    } else if (code === "sockets_exhausted") {
      this.leastRetryMs = CROWDED_RETRY_MS;
    }
  }

  /** A browser does not notice when the other end is gone without a word. */
  private ping(): void {
    this.connection?.send(JSON.stringify({ type: "ping" }));
    this.within(PONG_MS, () => this.lose());
  }

  private lose(): void {
    this.drop();
    this.retry();
  }

  private drop(): void {
    const { connection } = this;
    this.connection = undefined;
    this.live.value = false;
    if (connection !== undefined) {
      connection.onopen = null;
      connection.onmessage = null;
      connection.onclose = null;
      connection.close();
    }
  }

  private retry(): void {
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures);
    this.failures += 1;
    const delayMs = Math.max(this.leastRetryMs, longest) * (0.5 + this.ports.random() / 2);
    this.within(delayMs, () => void this.attempt());
  }

  private within(delayMs: number, callback: () => void): void {
    this.cancel();
    this.cancel = this.ports.timers.after(delayMs, callback);
  }
}

function read(data: unknown): Said | undefined {
  try {
    const said: unknown = JSON.parse(String(data));
    return isSaid(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

function isSaid(said: unknown): said is Said {
  const part = (name: string): unknown => Reflect.get(Object(said), name);
  switch (part("type")) {
    case "pong":
      return true;
    case "error":
      return typeof part("code") === "string";
    case "ready":
    case "unread":
      return typeof part("unread") === "number";
    case "notification":
      return typeof part("unread") === "number" && typeof part("notification") === "object";
    default:
      return false;
  }
}
