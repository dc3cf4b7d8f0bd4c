/** The button of the bar with all reactions. */
import { SmilePlus } from "lucide-preact";
import { shownKey } from "@/lib/shortcut-keys";
import { REACTIONS, type Reaction } from "@/media/reactions";
import { Menu, MenuRow } from "@/ui/Menu";
import { ReactionIcon } from "./ReactionIcon";
import { reactionText } from "./reaction-strings";

interface ReactionMenuProps {
  isHeld: boolean;
  onReact: (reaction: Reaction) => void;
}

/** All of them in one row. */
export function ReactionMenu({ isHeld, onReact }: ReactionMenuProps) {
  const t = reactionText();
  return (
    <Menu
      label={t.react}
      side="above"
      isAcross
      buttonClass="bar-button"
      disabled={isHeld}
      name="reactions"
      singleKey={shownKey("reactions")}
      face={<SmilePlus size={20} strokeWidth={1.75} aria-hidden="true" />}
    >
      {REACTIONS.map((reaction) => (
        <MenuRow
          key={reaction}
          icon={<ReactionIcon reaction={reaction} size={22} />}
          title={t.names[reaction]}
          onClick={() => onReact(reaction)}
        >
          <span class="sr-only">{t.names[reaction]}</span>
        </MenuRow>
      ))}
    </Menu>
  );
}

/** The same on the sheet of a phone. */
export function ReactionButtons({ onReact }: Pick<ReactionMenuProps, "onReact">) {
  const t = reactionText();
  return (
    <fieldset class="sheet-reactions" aria-label={t.react}>
      {REACTIONS.map((reaction) => (
        <button
          key={reaction}
          type="button"
          class="sheet-reaction"
          aria-label={t.names[reaction]}
          onClick={() => onReact(reaction)}
        >
          <ReactionIcon reaction={reaction} size={22} />
        </button>
      ))}
    </fieldset>
  );
}
