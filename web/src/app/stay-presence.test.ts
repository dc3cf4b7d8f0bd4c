import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it } from "vitest";
import { Idle } from "@/features/meeting/idle";
import { locale } from "@/i18n/locale";
import { News } from "@/lib/news";
import { FakeTimers } from "@/lib/timers.fake";
import type { ParticipantView, Rights } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import type { Connection } from "@/media/session";
import { sayNames, tellHeldBack, tellRights, watchAlone } from "./stay-presence";

const ALL: Rights = {
  speak: true,
  show: true,
  share: true,
  chat: true,
  react: true,
  rename: true,
};
const me = (more: Partial<ParticipantView> = {}) =>
  fakeParticipant("me", { isSelf: true, role: "guest", ...more });

describe("tellRights", () => {
  let self: ReturnType<typeof signal<ParticipantView | undefined>>;
  let news: News;
  let spoke: number;

  beforeEach(() => {
    self = signal<ParticipantView | undefined>(undefined);
    news = new News(new FakeTimers());
    spoke = 0;
    tellRights({
      self,
      state: { news },
      speak: () => {
        spoke += 1;
      },
    });
  });

  it("says nothing of what one comes with", () => {
    self.value = me({ rights: { ...ALL, speak: false } });
    expect(news.current.value).toBeUndefined();
  });

  it("says what is held back, and offers the microphone once it is open", () => {
    self.value = me();
    self.value = me({ rights: { ...ALL, speak: false } });
    const held = news.current.value?.text;
    self.value = me();
    expect(news.current.value?.text).not.toBe(held);
    news.act();
    expect(spoke).toBe(1);
  });

  it("says that the camera is held back", () => {
    self.value = me();
    locale.value = "en";
    self.value = me({ rights: { ...ALL, show: false } });
    expect(news.current.value?.text).toBe("Your camera is held back until the host opens it");
  });

  it("says each of several, one after another", () => {
    self.value = me();
    self.value = me({ rights: { ...ALL, share: false, chat: false } });
    const first = news.current.value?.kind;
    news.dismiss();
    expect([first, news.current.value?.kind]).toEqual(["right-share", "right-chat"]);
  });

  it("leaves a new role to tell of itself", () => {
    self.value = me();
    self.value = me({ role: "observer", rights: { ...ALL, speak: false, share: false } });
    expect(news.current.value).toBeUndefined();
  });
});

describe("sayNames", () => {
  it("says once who is called something else, except oneself", () => {
    locale.value = "en";
    const participants = signal<readonly ParticipantView[]>([]);
    const said: string[] = [];
    const stop = sayNames({
      session: { participants },
      announcer: { say: (text) => said.push(text) },
    });
    const ayu = (name: string) => fakeParticipant("ayu", { name });
    participants.value = [me({ name: "Ratna" }), ayu("Ayu")];
    participants.value = [me({ name: "Ratna Dewi" }), ayu("Ayu Lestari")];
    participants.value = [me({ name: "Ratna Dewi" }), ayu("Ayu Lestari")];
    stop();
    expect(said).toEqual(["Ayu is now called Ayu Lestari"]);
  });
});

describe("watchAlone", () => {
  const TEN_MINUTES = 600_000;

  function scene() {
    const timers = new FakeTimers();
    const participants = signal<readonly ParticipantView[]>([me()]);
    const connection = signal<Connection>("connected");
    const waiting = signal<readonly unknown[]>([]);
    const idle = new Idle(timers, () => undefined);
    const said: string[] = [];
    const announcer = { say: (text: string) => said.push(text) };
    const parts = { session: { participants, connection }, lobby: { waiting }, idle, announcer };
    const stop = watchAlone(parts, new EventTarget());
    return { timers, participants, connection, waiting, idle, said, stop };
  }

  it("asks who is alone, and says so aloud", () => {
    const { timers, idle, said } = scene();
    timers.advance(TEN_MINUTES);
    expect(idle.secondsLeft.value).toBe(60);
    expect(said).toHaveLength(1);
  });

  it("is not begun anew by what changes about oneself", () => {
    const { timers, participants, idle } = scene();
    timers.advance(TEN_MINUTES - 1);
    participants.value = [me({ isMicrophoneOn: true })];
    timers.advance(1);
    expect(idle.secondsLeft.value).toBe(60);
  });

  it.each(["company", "somebody outside", "no connection", "the end"])("stops for %s", (what) => {
    const { timers, participants, connection, waiting, idle, stop } = scene();
    timers.advance(TEN_MINUTES);
    const changes: Record<string, () => void> = {
      company: () => {
        participants.value = [me(), fakeParticipant("siti")];
      },
      "somebody outside": () => {
        waiting.value = ["siti"];
      },
      "no connection": () => {
        connection.value = "reconnecting";
      },
      "the end": stop,
    };
    changes[what]?.();
    timers.advance(TEN_MINUTES);
    expect(idle.secondsLeft.value).toBeUndefined();
  });
});

describe("tellHeldBack", () => {
  const enter = (isHeldBack: boolean) => {
    const connection = signal<Connection>("connecting");
    const news = new News(new FakeTimers());
    const parts = { session: { connection }, state: { news }, speak: () => undefined };
    tellHeldBack(parts, { microphone: false, camera: true, isHeldBack });
    return { connection, news };
  };

  it("tells once one is in, and not again after a lost connection", () => {
    const { connection, news } = enter(true);
    expect(news.current.value).toBeUndefined();
    connection.value = "connected";
    expect(news.current.value?.kind).toBe("large");
    news.dismiss();
    connection.value = "reconnecting";
    connection.value = "connected";
    expect(news.current.value).toBeUndefined();
  });

  it("says nothing to who muted themselves", () => {
    const { connection, news } = enter(false);
    connection.value = "connected";
    expect(news.current.value).toBeUndefined();
  });
});
