/** Reactions rising at the left of the tile of who sent them, or of the stage where there is no tile. */
import type { Signal } from "@preact/signals";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import type { Arrangement } from "./arrangement";
import type { Floating, FloatingReaction } from "./floating";
import type { Size } from "./layout";
import { ReactionIcon } from "./ReactionIcon";
import { meetingText } from "./strings";
import "./reactions.css";

interface FloatingReactionsProps {
  floating: Floating;
  arrangement: Arrangement;
  area: Signal<Size>;
  participants: readonly ParticipantView[];
}

const LEFT = 14;
const ABOVE_NAME = 84;
const STEP = 30;

function placeOf(item: FloatingReaction, props: FloatingReactionsProps, nth: number) {
  const { arrangement, area } = props;
  const tile = arrangement.tiles.find(
    ({ participant }) => participant.identity === item.identity,
  )?.box;
  const box = tile ?? { x: 0, y: 0, ...area.value };
  return {
    left: `${box.x + LEFT + nth * STEP}px`,
    top: `${Math.max(box.y, box.y + box.height - ABOVE_NAME)}px`,
  };
}

/** All of them; decorative, since the chat is where one says something. */
export function FloatingReactions(props: FloatingReactionsProps) {
  const { floating, participants } = props;
  const all = floating.all.value;
  return (
    <div class="floating-reactions" aria-hidden="true">
      {all.map((item, index) => {
        const sender = participants.find(({ identity }) => identity === item.identity);
        const before = all.slice(0, index).filter(({ identity }) => identity === item.identity);
        const name = sender?.isSelf ? meetingText().you : callName(sender?.name ?? "");
        return (
          <span
            key={item.id}
            class="floating-reaction"
            style={placeOf(item, props, before.length)}
            data-reaction={item.reaction}
          >
            <span class="floating-icon">
              <ReactionIcon reaction={item.reaction} size={26} />
            </span>
            {before.length === 0 && <span class="tag floating-name">{name}</span>}
          </span>
        );
      })}
    </div>
  );
}
