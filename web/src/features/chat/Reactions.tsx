/** Signs at a message: drawn as icons where we have one, as the emoji where others sent another. */
import {
  HandHeart,
  Heart,
  Laugh,
  type LucideIcon,
  PartyPopper,
  ThumbsDown,
  ThumbsUp,
} from "lucide-preact";
import { classes } from "@/lib/class";
import type { ChatMessage } from "./messages";
import type { Chat } from "./state";
import { chatText } from "./strings";

const ICONS: Record<string, LucideIcon> = {
  "👍": ThumbsUp,
  "❤️": Heart,
  "😂": Laugh,
  "🎉": PartyPopper,
  "🙏": HandHeart,
  "👎": ThumbsDown,
};

/** The signs that are offered, in their order. */
export const OFFERED = Object.keys(ICONS);

/** What a sign is called. */
export function nameOfSign(emoji: string): string {
  const names: Record<string, string> = chatText().reactionNames;
  return names[emoji] ?? emoji;
}

/** One sign. */
export function Sign({ emoji, size = 16 }: { emoji: string; size?: number }) {
  const Icon = ICONS[emoji];
  return Icon === undefined ? (
    <span aria-hidden="true">{emoji}</span>
  ) : (
    <Icon size={size} strokeWidth={1.9} aria-hidden="true" />
  );
}

interface ReactionsProps {
  message: ChatMessage;
  chat: Chat;
  mayReact: boolean;
}

/** The signs below a message; a press gives the same or takes one's own back. */
export function Reactions({ message, chat, mayReact }: ReactionsProps) {
  const t = chatText();
  if (message.reactions.length === 0) {
    return null;
  }
  return (
    <div class="chat-reactions">
      {message.reactions.map(({ emoji, count, isOwn }) => (
        <button
          key={emoji}
          type="button"
          class={classes("chat-reaction", isOwn && "chat-reaction-own")}
          aria-label={t.reaction(nameOfSign(emoji), count)}
          aria-pressed={isOwn}
          disabled={!mayReact}
          onClick={() => void chat.changes.react(message, emoji, !isOwn)}
        >
          <Sign emoji={emoji} />
          {count}
        </button>
      ))}
    </div>
  );
}
