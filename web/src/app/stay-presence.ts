/** What a stay says about being there: what one may do now, being alone, having come in muted. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { DeviceChoice } from "@/app/admission";
import type { Announcer } from "@/features/meeting/announcer";
import { announceIdle, followStirring, type Idle } from "@/features/meeting/idle";
import { presenceText } from "@/features/meeting/presence-strings";
import { formatNumber } from "@/i18n/format";
import type { News } from "@/lib/news";
import type { ParticipantView, Rights } from "@/media/participants";
import type { Connection } from "@/media/session";

interface Told {
  self: ReadonlySignal<ParticipantView | undefined>;
  state: { news: News };
  /** Turns the own microphone on. */
  speak: () => void;
}

const RIGHTS = [
  "speak",
  "show",
  "share",
  "chat",
  "react",
] as const satisfies readonly (keyof Rights)[];

/** Says what one may do now and could not before, or the other way round; a new role says that itself. */
export function tellRights({ self, state, speak }: Told): () => void {
  let known: ParticipantView | undefined;
  return effect(() => {
    const before = known;
    known = self.value;
    if (before === undefined || known === undefined || before.role !== known.role) {
      return;
    }
    const t = presenceText();
    for (const right of RIGHTS) {
      const may = known.rights[right];
      if (before.rights[right] !== may) {
        state.news.tell({
          kind: `right-${right}`,
          text: (may ? t.mayNow : t.mayNot)[right],
          tone: "plain",
          ...(may && right === "speak" && { action: { label: t.turnOn, run: speak } }),
        });
      }
    }
  });
}

interface Named {
  session: { participants: ReadonlySignal<readonly ParticipantView[]> };
  announcer: Pick<Announcer, "say">;
}

/** Says who of the others is called something else from now on. */
export function sayNames({ session, announcer }: Named): () => void {
  let known = new Map<string, string>();
  return effect(() => {
    const people = session.participants.value;
    for (const { identity, name, isSelf } of people) {
      const before = known.get(identity);
      if (before !== undefined && before !== name && !isSelf) {
        announcer.say(presenceText().renamed(before, name));
      }
    }
    known = new Map(people.map(({ identity, name }) => [identity, name]));
  });
}

interface Alone {
  session: {
    participants: ReadonlySignal<readonly ParticipantView[]>;
    connection: ReadonlySignal<Connection>;
  };
  lobby: { waiting: ReadonlySignal<readonly unknown[]> };
  idle: Idle;
  announcer: Pick<Announcer, "say">;
}

/** Watches whoever is alone; who waits outside is company. */
export function watchAlone({ session, lobby, idle, announcer }: Alone, page: EventTarget) {
  let wasAlone = false;
  const stops = [
    effect(() => {
      const isIn = session.connection.value === "connected";
      const isAlone = session.participants.value.length === 1 && lobby.waiting.value.length === 0;
      if ((isIn && isAlone) !== wasAlone) {
        wasAlone = isIn && isAlone;
        idle.watch(wasAlone);
      }
    }),
    announceIdle(idle, (seconds) =>
      announcer.say(presenceText().leavingSoon(formatNumber(seconds))),
    ),
    followStirring(idle, page),
    () => idle.watch(false),
  ];
  return () => {
    for (const stop of stops) {
      stop();
    }
  };
}

interface Entered {
  session: { connection: ReadonlySignal<Connection> };
  state: { news: News };
  speak: () => void;
}

/** Tells somebody whom a large meeting let in without sound, once they are in. */
export function tellHeldBack({ session, state, speak }: Entered, choice: DeviceChoice): () => void {
  let isTold = choice.isHeldBack !== true;
  return effect(() => {
    if (!isTold && session.connection.value === "connected") {
      isTold = true;
      const t = presenceText();
      state.news.tell({
        kind: "large",
        text: t.large,
        tone: "plain",
        action: { label: t.turnOn, run: speak },
      });
    }
  });
}
