/** Reactions for those who listen to the page: said only when they chose so, since there may be many. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { Announcer } from "@/features/meeting/announcer";
import type { FloatingReaction } from "@/features/meeting/floating";
import { reactionText } from "@/features/meeting/reaction-strings";
import { spokenReactions } from "@/features/meeting/viewing";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";

interface Seen {
  session: { participants: ReadonlySignal<readonly ParticipantView[]> };
  floating: { all: ReadonlySignal<readonly FloatingReaction[]> };
  announcer: Pick<Announcer, "say">;
}

/** Says who reacts how, except oneself. */
export function sayReactions({ session, floating, announcer }: Seen): () => void {
  let said = -1;
  return effect(() => {
    const fresh = floating.all.value.filter(({ id }) => id > said);
    said = Math.max(said, ...fresh.map(({ id }) => id));
    if (!spokenReactions.isOn) {
      return;
    }
    const { names } = reactionText();
    const words = fresh.flatMap(({ identity, reaction }) => {
      const who = session.participants.peek().find((other) => other.identity === identity);
      return who === undefined || who.isSelf ? [] : [`${callName(who.name)}: ${names[reaction]}`];
    });
    if (words.length > 0) {
      announcer.say(words.join(". "));
    }
  });
}
