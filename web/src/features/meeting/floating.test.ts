import { beforeEach, describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import type { Reaction } from "@/media/reactions";
import { Floating, type ReactionChannel } from "./floating";

class FakeChannel implements ReactionChannel {
  readonly sent: Reaction[] = [];
  isBroken = false;
  arrive: (identity: string, reaction: Reaction) => void = () => undefined;

  async send(reaction: Reaction): Promise<void> {
    if (this.isBroken) {
      throw new Error("the connection is away");
    }
    this.sent.push(reaction);
  }

  listen(onReaction: (identity: string, reaction: Reaction) => void): void {
    this.arrive = onReaction;
  }
}

describe("Floating", () => {
  let timers: FakeTimers;
  let channel: FakeChannel;
  let floating: Floating;
  const shown = () => floating.all.value.map(({ identity, reaction }) => `${identity} ${reaction}`);

  beforeEach(() => {
    timers = new FakeTimers();
    channel = new FakeChannel();
    floating = new Floating(channel, timers);
  });

  it("shows those of others and lets them go", () => {
    channel.arrive("b", "love");
    timers.advance(1000);
    channel.arrive("c", "laugh");
    expect(shown()).toEqual(["b love", "c laugh"]);
    timers.advance(1500);
    expect(shown()).toEqual(["c laugh"]);
    timers.advance(1500);
    expect(shown()).toEqual([]);
  });

  it("shows one's own at once, also when it cannot be sent", () => {
    floating.react("me", "agree");
    expect(channel.sent).toEqual(["agree"]);
    channel.isBroken = true;
    timers.advance(500);
    floating.react("me", "sad");
    expect(shown()).toEqual(["me agree", "me sad"]);
  });

  it("sends a burst of clicks once", () => {
    floating.react("me", "agree");
    floating.react("me", "agree");
    expect(channel.sent).toEqual(["agree"]);
  });

  it("keeps a flood of one person from covering the stage", () => {
    for (let count = 0; count < 1000; count += 1) {
      channel.arrive("b", "celebrate");
    }
    channel.arrive("c", "love");
    expect(shown()).toHaveLength(6);
  });
});
