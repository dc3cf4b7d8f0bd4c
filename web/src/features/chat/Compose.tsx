/** The field in which messages are written, worded anew and answered. */
import { ArrowUp, Paperclip, X } from "lucide-preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { callName } from "@/lib/person";
import { LONGEST_MESSAGE } from "./messages";
import type { Chat } from "./state";
import { chatText } from "./strings";
import type { Typing } from "./typing";

function PurposeLine({ chat }: { chat: Chat }) {
  const t = chatText();
  const purpose = chat.composer.purpose.value;
  if (purpose.kind === "new") {
    return null;
  }
  const isReply = purpose.kind === "reply";
  const name = isReply ? (purpose.to.isOwn ? t.you : callName(purpose.to.name)) : "";
  return (
    <p class="compose-purpose">
      <span class="min-w-0 grow truncate" dir="auto">
        <b>{isReply ? t.replying(name) : t.editing}</b>
        {isReply && ` ${purpose.to.text}`}
      </span>
      <button
        type="button"
        class="icon-button icon-button-small"
        aria-label={t.cancel}
        title={t.cancel}
        onClick={() => chat.composer.begin({ kind: "new" })}
      >
        <X size={16} strokeWidth={2} aria-hidden="true" />
      </button>
    </p>
  );
}

function onKey(event: KeyboardEvent, chat: Chat): void {
  const { composer } = chat;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    chat.sendDraft();
  } else if (event.key === "ArrowUp" && composer.draft.peek() === "") {
    event.preventDefault();
    chat.editLast();
  } else if (event.key === "Escape" && composer.purpose.peek().kind !== "new") {
    // The panel stays open: this key only lets go of what the field was for.
    event.stopPropagation();
    composer.begin({ kind: "new" });
  }
}

function Attach({ chat }: { chat: Chat }) {
  const t = chatText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          chat.sendFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class="icon-button compose-attach"
        aria-label={t.attach}
        title={t.attach}
        onClick={() => input.current?.click()}
      >
        <Paperclip size={20} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </>
  );
}

function pasteFiles(event: ClipboardEvent, chat: Chat): void {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) {
    event.preventDefault();
    chat.sendFiles(files);
  }
}

interface ComposeProps {
  chat: Chat;
  typing: Typing;
  mayAttach: boolean;
}

/** The form; Enter sends, Shift and Enter breaks the line, the arrow up words the last message anew. */
export function Compose({ chat, typing, mayAttach }: ComposeProps) {
  const t = chatText();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = chat.composer.draft.value;
  const purpose = chat.composer.purpose.value;
  const isEmpty = draft === "";
  useEffect(() => {
    if (isEmpty) {
      typing.rest();
    }
  }, [isEmpty]);
  useEffect(() => {
    if (purpose.kind !== "new") {
      field.current?.focus();
    }
  }, [purpose]);
  const label = purpose.kind === "edit" ? t.save : t.send;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        chat.sendDraft();
        field.current?.focus();
      }}
    >
      <PurposeLine chat={chat} />
      <div class="compose">
        {mayAttach && <Attach chat={chat} />}
        <label class="sr-only" for={id}>
          {t.write}
        </label>
        <textarea
          ref={field}
          id={id}
          class="compose-field"
          rows={1}
          dir="auto"
          placeholder={t.write}
          maxLength={LONGEST_MESSAGE}
          value={draft}
          onInput={(event) => {
            chat.composer.draft.value = event.currentTarget.value;
            typing.type();
          }}
          onKeyDown={(event) => onKey(event, chat)}
          onPaste={(event) => mayAttach && pasteFiles(event, chat)}
        />
        <button
          type="submit"
          class="button button-primary compose-send"
          aria-label={label}
          title={label}
          disabled={draft.trim() === ""}
        >
          <ArrowUp size={18} strokeWidth={1.9} aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}
