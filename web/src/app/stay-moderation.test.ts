import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { FakeModeration } from "@/api/moderation.fake";
import { News } from "@/lib/news";
import { FakeTimers } from "@/lib/timers.fake";
import type { ParticipantView } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import { muteOne, pinForAll, tellPinnedForAll } from "./stay-moderation";

const me = (more: Partial<ParticipantView> = {}) =>
  fakeParticipant("me", { isSelf: true, ...more });
const siti = (more: Partial<ParticipantView> = {}) => fakeParticipant("Siti", more);

function scene() {
  const participants = signal<readonly ParticipantView[]>([me(), siti()]);
  const said: string[] = [];
  const state = { news: new News(new FakeTimers()) };
  const announcer = { say: (text: string) => said.push(text) };
  const stop = tellPinnedForAll({ session: { participants }, state, announcer });
  return { participants, said, state, stop };
}

describe("pinForAll", () => {
  it("pins, and lets go of who is pinned", () => {
    const moderation = new FakeModeration();
    const { state } = scene();
    pinForAll({ moderation, state }, siti());
    pinForAll({ moderation, state }, siti({ isPinnedForAll: true }));
    expect(moderation.asked).toEqual(["pin Siti", "unpin Siti"]);
  });

  it("says when it was refused", async () => {
    const moderation = new FakeModeration();
    moderation.refusal = new ApiError("role_too_low", 403, "");
    const { state } = scene();
    pinForAll({ moderation, state }, siti());
    await Promise.resolve();
    await Promise.resolve();
    expect(state.news.current.value).toMatchObject({ kind: "pin", tone: "warn" });
  });
});

describe("muteOne", () => {
  it("says when it was refused", async () => {
    const moderation = new FakeModeration();
    moderation.refusal = new ApiError("rank_too_low", 403, "");
    const { state } = scene();
    muteOne({ moderation, state }, "Siti");
    await Promise.resolve();
    await Promise.resolve();
    expect(state.news.current.value?.kind).toBe("mute");
  });
});

describe("tellPinnedForAll", () => {
  it("says once who is pinned, and when they no longer are", () => {
    const { participants, said, state } = scene();
    participants.value = [me(), siti({ isPinnedForAll: true })];
    participants.value = [me(), siti({ isPinnedForAll: true, isMicrophoneOn: true })];
    participants.value = [me(), siti()];
    expect(said).toHaveLength(2);
    expect(said[0]).toContain("Siti");
    expect(state.news.current.value).toBeUndefined();
  });

  it("tells oneself that everybody sees one, and that it is over", () => {
    const { participants, said, state } = scene();
    participants.value = [me({ isPinnedForAll: true }), siti()];
    const first = state.news.current.value?.text;
    participants.value = [me(), siti({ isPinnedForAll: true })];
    expect(first).toBeDefined();
    expect(state.news.current.value?.text).not.toBe(first);
    expect(said).toHaveLength(1);
  });
});
