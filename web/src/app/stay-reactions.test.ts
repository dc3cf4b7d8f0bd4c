import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sayReactions } from "@/app/stay-reactions";
import type { FloatingReaction } from "@/features/meeting/floating";
import { spokenReactions } from "@/features/meeting/viewing";
import { chooseLocale } from "@/i18n/locale";
import type { ParticipantView } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";

const AYU: FloatingReaction = { id: 0, identity: "ayu", reaction: "agree" };
const OWN: FloatingReaction = { id: 1, identity: "me", reaction: "love" };

describe("sayReactions", () => {
  const all = signal<readonly FloatingReaction[]>([]);
  const participants = signal<readonly ParticipantView[]>([
    fakeParticipant("me", { isSelf: true }),
    fakeParticipant("ayu", { name: "Ayu Lestari" }),
  ]);
  let said: string[];
  let stop: () => void;

  beforeEach(() => {
    chooseLocale("en");
    said = [];
    all.value = [];
    const announcer = { say: (text: string) => said.push(text) };
    stop = sayReactions({ session: { participants }, floating: { all }, announcer });
  });
  afterEach(() => {
    stop();
    spokenReactions.turn(false);
  });

  it("says nothing until it is asked to", () => {
    all.value = [AYU];
    expect(said).toEqual([]);
  });

  it("says each reaction of others once", () => {
    spokenReactions.turn(true);
    all.value = [AYU];
    all.value = [AYU, OWN];
    all.value = [OWN];
    expect(said).toEqual(["Ayu: Agree"]);
  });

  it("does not make up for those that came before it was asked to", () => {
    all.value = [AYU];
    spokenReactions.turn(true);
    expect(said).toEqual([]);
  });
});
