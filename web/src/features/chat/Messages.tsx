/** The messages, newest at the bottom; the view follows unless one has scrolled up. */
import type { ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { formatDay, formatTime } from "@/i18n/format";
import { callName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Mark } from "@/ui/Mark";
import { Message } from "./Message";
import type { ChatRights } from "./MessageMenu";
import type { MessageGroup } from "./messages";
import type { Chat } from "./state";
import { chatText } from "./strings";

const NEAR_END_PX = 80;
const NEAR_START_PX = 40;

interface GroupProps {
  group: MessageGroup;
  chat: Chat;
  rights: ChatRights;
}

function Group({ group, chat, rights }: GroupProps) {
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
          <Message key={message.id} message={message} chat={chat} rights={rights} />
        ))}
      </div>
    </li>
  );
}

/** Keeps the end in view, or what is in view when older messages come in above it. */
function useScrolling(list: RefObject<HTMLDivElement | null>, groups: readonly MessageGroup[]) {
  const isAtEnd = useRef(true);
  const first = useRef<string | undefined>(undefined);
  const below = useRef(0);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) {
      return;
    }
    const isOlderAbove = first.current !== undefined && groups[0]?.id !== first.current;
    first.current = groups[0]?.id;
    if (isAtEnd.current) {
      element.scrollTop = element.scrollHeight;
    } else if (isOlderAbove) {
      element.scrollTop = element.scrollHeight - below.current;
    }
    below.current = element.scrollHeight - element.scrollTop;
  }, [groups]);
  useEffect(() => {
    const element = list.current;
    const content = element?.lastElementChild;
    if (element == null || content == null) {
      return undefined;
    }
    // Pictures come in late, and the window changes its size.
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) {
        element.scrollTop = element.scrollHeight;
      }
    });
    observer.observe(content);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (element: HTMLElement) => {
    const { scrollHeight, scrollTop, clientHeight } = element;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    below.current = scrollHeight - scrollTop;
  };
}

function Beginning({ chat, keptDays }: { chat: Chat; keptDays: number | null | undefined }) {
  const t = chatText();
  const history = chat.history.value;
  const kept = typeof keptDays === "number" ? t.keptDays(keptDays) : t.kept;
  switch (history.name) {
    case "unread":
    case "loading":
      return (
        <p class="chat-note chat-note-first" role="status">
          <Mark size={16} state="walking" /> {t.loading}
        </p>
      );
    case "failed":
      return (
        <p class="chat-unsent chat-note-first" role="alert">
          {history.error}
          <button type="button" class="chat-retry" onClick={() => void chat.readOlder()}>
            {t.retry}
          </button>
        </p>
      );
    case "more":
      return (
        <Button
          kind="quiet"
          size="small"
          class="chat-note-first"
          onClick={() => void chat.readOlder()}
        >
          {t.older}
        </Button>
      );
    case "complete":
      return <p class="chat-note chat-note-first">{chat.isLiveOnly ? t.notKept : kept}</p>;
  }
}

function Empty({ chat, keptDays }: { chat: Chat; keptDays: number | null | undefined }) {
  return (
    <div class="chat-empty">
      <Mark size={56} state="lit" />
      <p class="chat-empty-title">{chatText().empty}</p>
      <Beginning chat={chat} keptDays={keptDays} />
    </div>
  );
}

function dayOf(group: MessageGroup | undefined): string | undefined {
  return group && formatDay(new Date(group.sentAtMs));
}

export interface MessagesProps {
  chat: Chat;
  rights: ReadonlySignal<ChatRights>;
  /** For how many days the room keeps messages; null is for ever. */
  keptDays: number | null | undefined;
}

/** All messages that were read, by day. */
export function Messages({ chat, rights, keptDays }: MessagesProps) {
  const list = useRef<HTMLDivElement>(null);
  const groups = chat.groups.value;
  const note = useScrolling(list, groups);
  const history = chat.history.value.name;
  return (
    <div
      ref={list}
      class="chat-messages"
      role="log"
      // Older messages are not news.
      aria-busy={history === "loading"}
      aria-label={chatText().messages}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys must be able to scroll it
      tabIndex={0}
      onScroll={(event) => {
        note(event.currentTarget);
        // The button stays for those who do not scroll, and for lists that are too short to.
        if (event.currentTarget.scrollTop < NEAR_START_PX && history === "more") {
          void chat.readOlder();
        }
      }}
    >
      {groups.length === 0 ? (
        <Empty chat={chat} keptDays={keptDays} />
      ) : (
        <Beginning chat={chat} keptDays={keptDays} />
      )}
      <ul>
        {groups.flatMap((group, index) => {
          const day = dayOf(group);
          return [
            ...(day === dayOf(groups[index - 1]) || groups.length === 0
              ? []
              : [
                  <li key={`day-${group.id}`} class="chat-day">
                    {day}
                  </li>,
                ]),
            <Group key={group.id} group={group} chat={chat} rights={rights.value} />,
          ];
        })}
      </ul>
    </div>
  );
}
