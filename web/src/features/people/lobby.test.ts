import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { FakeModeration } from "@/api/moderation.fake";
import { locale } from "@/i18n/locale";
import { FakeTimers } from "@/lib/timers.fake";
import { Lobby } from "./lobby";

const ANI = { identity: "a", name: "Ani", at: null };

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await Promise.resolve();
  }
}

describe("Lobby", () => {
  let tools: FakeModeration;
  let timers: FakeTimers;
  let lobby: Lobby;
  const looks = () => tools.asked.filter((asked) => asked === "list").length;

  beforeEach(() => {
    locale.value = "en";
    tools = new FakeModeration();
    timers = new FakeTimers();
    lobby = new Lobby(tools, timers);
  });

  it("asks nothing for those who may not open", async () => {
    await lobby.look();
    expect(tools.asked).toEqual([]);
  });

  it("looks once while nobody waits, and again when somebody knocks", async () => {
    lobby.watch(true);
    await settle();
    timers.advance(60_000);
    await settle();
    expect(looks()).toBe(1);
    tools.waiting = [ANI];
    await lobby.look();
    expect(lobby.waiting.value).toEqual([ANI]);
  });

  it("keeps looking while somebody waits, since people give up", async () => {
    tools.waiting = [ANI];
    lobby.watch(true);
    await settle();
    tools.waiting = [];
    timers.advance(5000);
    await settle();
    expect(lobby.waiting.value).toEqual([]);
  });

  it("keeps the list when the server cannot be reached for a moment", async () => {
    tools.waiting = [ANI];
    lobby.watch(true);
    await settle();
    tools.refusal = new ApiError("unreachable", 0, "away");
    timers.advance(5000);
    await settle();
    expect(lobby.waiting.value).toEqual([ANI]);
  });

  it("forgets everybody when the role is taken away", async () => {
    tools.waiting = [ANI];
    lobby.watch(true);
    await settle();
    lobby.watch(false);
    timers.advance(60_000);
    expect(lobby.waiting.value).toEqual([]);
    expect(looks()).toBe(1);
  });

  it("says why somebody was not let in", async () => {
    lobby.watch(true);
    tools.refusal = new ApiError("room_full", 409, "full");
    await lobby.admit("a");
    expect(lobby.error.value).toBe("The room is full. Try again when someone has left.");
  });

  it("says nothing when somebody else answered first", async () => {
    lobby.watch(true);
    tools.refusal = new ApiError("not_waiting", 409, "gone");
    await lobby.deny("a");
    expect(lobby.error.value).toBeUndefined();
  });
});
