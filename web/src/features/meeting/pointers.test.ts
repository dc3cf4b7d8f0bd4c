import { beforeEach, describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import type { PointerChannel, PointerMessage } from "@/media/pointers";
import { Pointers } from "./pointers";

class FakeChannel implements PointerChannel {
  readonly sent: { message: PointerMessage; to: string | undefined }[] = [];
  arrive: (identity: string, message: PointerMessage) => void = () => undefined;

  async send(message: PointerMessage, to?: string): Promise<void> {
    this.sent.push({ message, to });
    throw new Error("the connection is away");
  }

  listen(onMessage: (identity: string, message: PointerMessage) => void): void {
    this.arrive = onMessage;
  }
}

const SPOT = { x: 0.5, y: 0.25 };
const at = (share: string, spot: { x: number; y: number } | undefined = SPOT) =>
  ({ kind: "move", share, spot }) as const;

describe("Pointers", () => {
  let timers: FakeTimers;
  let channel: FakeChannel;
  let pointers: Pointers;
  const shown = () => pointers.all.value.map(({ identity, share }) => `${identity} at ${share}`);

  beforeEach(() => {
    timers = new FakeTimers();
    channel = new FakeChannel();
    pointers = new Pointers(channel, () => "me", timers);
  });

  it("shows who points until they rest", () => {
    channel.arrive("bagas", at("siti"));
    timers.advance(2000);
    channel.arrive("bagas", at("siti", { x: 1, y: 0 }));
    timers.advance(2000);
    expect(pointers.all.value).toEqual([{ identity: "bagas", share: "siti", x: 1, y: 0 }]);
    timers.advance(1000);
    expect(shown()).toEqual([]);
  });

  it("takes a pointer away that left", () => {
    channel.arrive("bagas", at("siti"));
    channel.arrive("bagas", { kind: "move", share: "siti", spot: undefined });
    expect(shown()).toEqual([]);
  });

  it("shows no more than a screen can bear", () => {
    for (let number = 0; number < 40; number += 1) {
      channel.arrive(`p${number}`, at("siti"));
    }
    expect(shown()).toHaveLength(12);
  });

  it("sends not every move, but always the last", () => {
    for (const x of [0.1, 0.2, 0.3]) {
      pointers.move("siti", { x, y: 0 });
    }
    expect(channel.sent).toHaveLength(1);
    timers.advance(60);
    expect(channel.sent.map(({ message }) => message)).toEqual([
      at("siti", { x: 0.1, y: 0 }),
      at("siti", { x: 0.3, y: 0 }),
    ]);
  });

  it("says once that it left, and nothing of a move that was still to come", () => {
    pointers.leave("siti");
    pointers.move("siti", SPOT);
    pointers.move("siti", { x: 0, y: 0 });
    pointers.leave("siti");
    pointers.leave("siti");
    timers.advance(1000);
    expect(channel.sent.map(({ message }) => message)).toEqual([
      at("siti"),
      { kind: "move", share: "siti", spot: undefined },
    ]);
  });

  it("shows nothing on a screen whose owner does not want it, until they do", () => {
    channel.arrive("bagas", at("siti"));
    channel.arrive("siti", { kind: "allow", isAllowed: false });
    expect(shown()).toEqual([]);
    expect(pointers.isOpen("siti")).toBe(false);
    channel.arrive("bagas", at("siti"));
    expect(shown()).toEqual([]);
    channel.arrive("siti", { kind: "allow", isAllowed: true });
    channel.arrive("bagas", at("siti"));
    expect(shown()).toEqual(["bagas at siti"]);
  });

  it("lets nobody close the screen of somebody else", () => {
    channel.arrive("bagas", { kind: "allow", isAllowed: false });
    channel.arrive("ayu", at("siti"));
    expect(shown()).toEqual(["ayu at siti"]);
  });

  it("closes one's own screen, and tells those who came later", () => {
    channel.arrive("bagas", at("me"));
    pointers.allow(false);
    expect(shown()).toEqual([]);
    channel.arrive("late", at("me"));
    expect(shown()).toEqual([]);
    expect(channel.sent).toEqual([
      { message: { kind: "allow", isAllowed: false }, to: undefined },
      { message: { kind: "allow", isAllowed: false }, to: "late" },
    ]);
  });
});
