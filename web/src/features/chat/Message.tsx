/** One message: whom it answers, what it says, what became of it. */
import { Clock } from "lucide-preact";
import { callName } from "@/lib/person";
import { FileCard } from "./FileCard";
import { splitLinks } from "./links";
import { type ChatRights, MessageMenu } from "./MessageMenu";
import type { ChatMessage } from "./messages";
import { Reactions } from "./Reactions";
import type { Chat } from "./state";
import { chatText } from "./strings";

/** A text in which web addresses can be clicked. */
export function Linked({ text }: { text: string }) {
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

function Answered({ id, chat }: { id: string; chat: Chat }) {
  const t = chatText();
  const answered = chat.find(id);
  return (
    <p class="chat-answered" dir="auto">
      {answered === undefined ? (
        t.missing
      ) : (
        <>
          <b>{answered.isOwn ? t.you : callName(answered.name)}</b>{" "}
          {answered.isDeleted ? t.removed : (answered.file?.name ?? answered.text)}
        </>
      )}
    </p>
  );
}

function Fate({ message, chat }: { message: ChatMessage; chat: Chat }) {
  const t = chatText();
  if (message.status === "sending") {
    return (
      <span class="chat-sending" title={t.sending}>
        <Clock size={14} strokeWidth={2.2} aria-label={t.sending} />
      </span>
    );
  }
  if (message.status === "sent") {
    return null;
  }
  // What a room allows may change; what a file is does not.
  const isFinal = message.file !== undefined && message.failure !== undefined;
  return (
    <p class="chat-unsent" role="alert">
      {message.failure ?? t.unsent}
      {!isFinal && (
        <button type="button" class="chat-retry" onClick={() => chat.retry(message.id)}>
          {t.retry}
        </button>
      )}
      <button type="button" class="chat-retry" onClick={() => chat.discard(message.id)}>
        {t.discard}
      </button>
    </p>
  );
}

interface MessageProps {
  message: ChatMessage;
  chat: Chat;
  rights: ChatRights;
}

/** A message that was deleted keeps its place. */
export function Message({ message, chat, rights }: MessageProps) {
  const t = chatText();
  if (message.isDeleted) {
    return (
      <div class="chat-text">
        <p class="chat-removed">{t.removed}</p>
      </div>
    );
  }
  return (
    <div class="chat-text" data-status={message.status}>
      <div class="chat-body">
        {message.replyTo !== undefined && <Answered id={message.replyTo} chat={chat} />}
        {message.file === undefined ? (
          <p class="chat-words" dir="auto">
            <Linked text={message.text} />
            {message.isEdited && <span class="chat-edited"> {t.edited}</span>}
          </p>
        ) : (
          <FileCard message={message} file={message.file} chat={chat} />
        )}
        <Fate message={message} chat={chat} />
        <Reactions message={message} chat={chat} mayReact={rights.mayWrite} />
      </div>
      {!chat.isLiveOnly && <MessageMenu message={message} chat={chat} rights={rights} />}
    </div>
  );
}
