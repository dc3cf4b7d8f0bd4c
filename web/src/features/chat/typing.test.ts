import { beforeEach, describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import { FakeTyping, fakeChat } from "./chat.fake";
import { endWriting, Typing } from "./typing";

describe("Typing", () => {
  let timers: FakeTimers;
  let channel: FakeTyping;
  let typing: Typing;

  beforeEach(() => {
    timers = new FakeTimers();
    channel = new FakeTyping();
    typing = new Typing(channel, timers);
  });

  it("tells of oneself once in three seconds, and again after a message", () => {
    for (let second = 0; second < 7; second += 1) {
      typing.type();
      timers.advance(1000);
    }
    expect(channel.sent).toBe(3);
    typing.rest();
    typing.type();
    expect(channel.sent).toBe(4);
  });

  it("forgets somebody who stopped, and not who goes on", () => {
    channel.arrive("bagas");
    channel.arrive("siti");
    timers.advance(4000);
    channel.arrive("siti");
    timers.advance(1000);
    expect(typing.writers.value).toEqual(["siti"]);
    timers.advance(4000);
    expect(typing.writers.value).toEqual([]);
  });

  it("forgets somebody whose message came", () => {
    channel.arrive("bagas");
    typing.end("bagas");
    typing.end("nobody");
    expect(typing.writers.value).toEqual([]);
  });

  it("takes the last message as the end of its writing", async () => {
    const { chat, wire } = fakeChat();
    await chat.catchUp();
    const stop = endWriting(chat.groups, typing);
    channel.arrive("bagas");
    channel.arrive("b");
    wire.receive("b", "done", { id: "1", version: 1 });
    expect(typing.writers.value).toEqual(["bagas"]);
    channel.arrive("b");
    wire.receive("b", "and done", { id: "2", version: 1 });
    expect(typing.writers.value).toEqual(["bagas"]);
    stop();
  });

  it("remembers no more than a room can show", () => {
    for (let number = 0; number < 500; number += 1) {
      channel.arrive(`p${number}`);
    }
    expect(typing.writers.value).toHaveLength(20);
  });
});
