/** The messages, newest at the bottom; the view follows unless one has scrolled up. */
import { Clock } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { formatTime } from "@/i18n/format";
import { callName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";
import { Mark } from "@/ui/Mark";
import { splitLinks } from "./links";
import type { Chat, ChatMessage, MessageGroup } from "./state";
import { chatText } from "./strings";

const NEAR_END_PX = 80;

function Linked({ text }: { text: string }) {
  return splitLinks(text).map((part, index) =>
    part.href === undefined ? (
      part.text
    ) : (
      <a
        key={`${index}-${part.href}`}
        class="chat-link"
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
      >
        {part.text}
      </a>
    ),
  );
}

function Message({ message, chat }: { message: ChatMessage; chat: Chat }) {
  const t = chatText();
  return (
    <div class="chat-text" data-status={message.status}>
      <p dir="auto">
        <Linked text={message.text} />
      </p>
      {message.status === "sending" && (
        <span class="chat-sending" title={t.sending}>
          <Clock size={14} strokeWidth={2.2} aria-label={t.sending} />
        </span>
      )}
      {message.status === "failed" && (
        <p class="chat-unsent" role="alert">
          {t.unsent}
          <button type="button" class="chat-retry" onClick={() => chat.retry(message.id)}>
            {t.retry}
          </button>
        </p>
      )}
    </div>
  );
}

function Group({ group, chat }: { group: MessageGroup; chat: Chat }) {
  const t = chatText();
  const sentAt = new Date(group.sentAtMs);
  const isOwn = group.messages[0]?.isOwn === true;
  return (
    <li class="chat-group">
      <Avatar name={group.name} identity={group.from} size={33} />
      <div class="min-w-0">
        <p class="chat-who">
          <span class="truncate" dir="auto">
            {isOwn ? t.you : callName(group.name)}
          </span>
          <time class="chat-time" dateTime={sentAt.toISOString()}>
            {formatTime(sentAt)}
          </time>
        </p>
        {group.messages.map((message) => (
          <Message key={message.id} message={message} chat={chat} />
        ))}
      </div>
    </li>
  );
}

/** All messages of this stay. */
export function Messages({ chat }: { chat: Chat }) {
  const t = chatText();
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const groups = chat.groups.value;
  useEffect(() => {
    if (list.current !== null && isAtEnd.current) {
      list.current.scrollTop = list.current.scrollHeight;
    }
  }, [groups]);
  return (
    <div
      ref={list}
      class="chat-messages"
      role="log"
      aria-label={t.messages}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys must be able to scroll it
      tabIndex={0}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      {groups.length === 0 ? (
        <div class="chat-empty">
          <Mark size={56} state="lit" />
          <p class="chat-empty-title">{t.empty}</p>
          <p class="chat-note">{t.kept}</p>
        </div>
      ) : (
        <p class="chat-note chat-note-first">{t.kept}</p>
      )}
      <ul>
        {groups.map((group) => (
          <Group key={group.id} group={group} chat={chat} />
        ))}
      </ul>
    </div>
  );
}
