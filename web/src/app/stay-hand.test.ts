import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it } from "vitest";
import { lowerWhenSpoken } from "@/app/stay-hand";
import { locale } from "@/i18n/locale";
import { News } from "@/lib/news";
import { FakeTimers } from "@/lib/timers.fake";
import type { ParticipantView } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";

const ME = fakeParticipant("me", { isSelf: true });

describe("lowerWhenSpoken", () => {
  const self = signal<ParticipantView | undefined>(undefined);
  const speaking = signal<ReadonlySet<string>>(new Set());
  let timers: FakeTimers;
  let news: News;
  let asked: boolean[];

  beforeEach(() => {
    locale.value = "en";
    timers = new FakeTimers();
    news = new News(timers);
    asked = [];
    self.value = { ...ME, hand: 1 };
    speaking.value = new Set();
    const raise = (isUp: boolean) => asked.push(isUp);
    lowerWhenSpoken({ self, speaking, news, raise }, timers);
  });

  it("lowers the hand of who began to speak, and offers to keep it", () => {
    speaking.value = new Set(["me"]);
    timers.advance(2000);
    expect(asked).toEqual([false]);
    expect(news.current.value?.text).toBe("Hand lowered because you spoke");
    news.act();
    expect(asked).toEqual([false, true]);
  });

  it("keeps it through a cough, and while others speak", () => {
    speaking.value = new Set(["me"]);
    timers.advance(900);
    speaking.value = new Set(["other"]);
    timers.advance(5000);
    expect(asked).toEqual([]);
  });

  it("keeps the hand of who raised it while speaking", () => {
    self.value = ME;
    speaking.value = new Set(["me"]);
    timers.advance(500);
    self.value = { ...ME, hand: 1 };
    timers.advance(9000);
    expect(asked).toEqual([]);
  });

  it("asks for nothing when the hand is already down", () => {
    speaking.value = new Set(["me"]);
    timers.advance(500);
    self.value = ME;
    timers.advance(9000);
    expect(asked).toEqual([]);
  });
});
