/** What one can do with a message: react, reply, and with some of them edit and delete. */
import { EllipsisVertical, Reply, SquarePen, Trash2 } from "lucide-preact";
import { callName } from "@/lib/person";
import { Menu, MenuLine, MenuRow } from "@/ui/Menu";
import type { ChatMessage } from "./messages";
import { nameOfSign, OFFERED, Sign } from "./Reactions";
import type { Chat } from "./state";
import { chatText } from "./strings";

/** What the role and the room let this person do in the chat. */
export interface ChatRights {
  mayWrite: boolean;
  /** Whether the messages of others may be deleted. */
  moderates: boolean;
}

interface MessageMenuProps {
  message: ChatMessage;
  chat: Chat;
  rights: ChatRights;
}

const ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;

function Signs({ message, chat }: Omit<MessageMenuProps, "rights">) {
  return (
    <div class="chat-signs">
      {OFFERED.map((emoji) => {
        const isOwn = message.reactions.some((given) => given.emoji === emoji && given.isOwn);
        return (
          <button
            key={emoji}
            type="button"
            role="menuitemcheckbox"
            aria-checked={isOwn}
            aria-label={nameOfSign(emoji)}
            title={nameOfSign(emoji)}
            tabIndex={-1}
            class="chat-sign"
            onClick={() => void chat.changes.react(message, emoji, !isOwn)}
          >
            <Sign emoji={emoji} size={18} />
          </button>
        );
      })}
    </div>
  );
}

/** The button at the end of a message; absent where nothing can be done. */
export function MessageMenu({ message, chat, rights }: MessageMenuProps) {
  const t = chatText();
  const mayRemove = message.isOwn || rights.moderates;
  if (message.status !== "sent" || message.isDeleted || !(rights.mayWrite || mayRemove)) {
    return null;
  }
  return (
    <Menu
      label={t.menu(message.isOwn ? t.you : callName(message.name))}
      buttonClass="icon-button icon-button-small chat-more"
      face={<EllipsisVertical {...ICON} />}
    >
      {rights.mayWrite && (
        <>
          <Signs message={message} chat={chat} />
          <MenuLine />
          <MenuRow
            icon={<Reply {...ICON} />}
            onClick={() => chat.composer.begin({ kind: "reply", to: message })}
          >
            {t.reply}
          </MenuRow>
        </>
      )}
      {rights.mayWrite && message.isOwn && message.file === undefined && (
        <MenuRow
          icon={<SquarePen {...ICON} />}
          onClick={() => chat.composer.begin({ kind: "edit", message })}
        >
          {t.edit}
        </MenuRow>
      )}
      {mayRemove && (
        <MenuRow
          icon={<Trash2 {...ICON} />}
          isDanger
          onClick={() => void chat.changes.remove(message)}
        >
          {t.remove}
        </MenuRow>
      )}
    </Menu>
  );
}
