/** What of a stay is also heard: somebody at the door, a hand, a message, somebody who comes in. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { Chat } from "@/features/chat/state";
import type { Lobby } from "@/features/people/lobby";
import { Chimes } from "@/media/chimes";
import { moderates, type Role } from "@/media/participants";
import type { Session } from "@/media/session";
import { playNotes } from "@/media/tone";

interface Parts {
  session: Session;
  role: ReadonlySignal<Role>;
  lobby: Lobby;
  chat: Chat;
}

/** In a larger meeting somebody comes in all the time. */
const LARGE = 10;

/** Calls back whenever somebody is among these people who was not before; who is there at first counts as known. */
export function watchArrivals(
  identities: () => readonly string[],
  onArrival: () => void,
): () => void {
  let known: ReadonlySet<string> | undefined;
  return effect(() => {
    const now = new Set(identities());
    const before = known;
    known = now;
    if (before !== undefined && [...now].some((identity) => !before.has(identity))) {
      onArrival();
    }
  });
}

/** Until the returned function is called. */
export function soundChimes({ session, role, lobby, chat }: Parts): () => void {
  const chimes = new Chimes(playNotes, () => {
    const id = session.devices.active.peek().audiooutput;
    return id === "default" ? undefined : id;
  });
  const stops = [
    watchArrivals(
      () => lobby.waiting.value.map(({ identity }) => identity),
      () => void chimes.sound("knock"),
    ),
    watchArrivals(
      () =>
        session.participants.value
          .filter(({ hand, isSelf }) => hand !== undefined && !isSelf)
          .map(({ identity }) => identity),
      () => moderates(role.peek()) && void chimes.sound("hand"),
    ),
    chat.listen(() => void chimes.sound("message")),
    session.listen(({ kind }) => {
      if (kind === "joined" && session.participants.peek().length <= LARGE) {
        void chimes.sound("join");
      }
    }),
  ];
  return () => {
    for (const stop of stops) {
      stop();
    }
  };
}
