/** The chat: messages above, one field below. */
import { ArrowUp } from "lucide-preact";
import { useEffect, useId, useRef } from "preact/hooks";
import "./chat.css";
import { Messages } from "./Messages";
import { type Chat, LONGEST_MESSAGE } from "./state";
import { chatText } from "./strings";

function Compose({ chat }: { chat: Chat }) {
  const t = chatText();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = chat.draft.value;
  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        chat.sendDraft();
        field.current?.focus();
      }}
    >
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
          chat.draft.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            chat.sendDraft();
          }
        }}
      />
      <button
        type="submit"
        class="button button-primary compose-send"
        aria-label={t.send}
        title={t.send}
        disabled={draft.trim() === ""}
      >
        <ArrowUp size={18} strokeWidth={1.9} aria-hidden="true" />
      </button>
    </form>
  );
}

/** What stands in the panel while the chat is open. */
export function ChatPanel({ chat }: { chat: Chat }) {
  useEffect(() => {
    chat.open(true);
    return () => chat.open(false);
  }, [chat]);
  return (
    <>
      <Messages chat={chat} />
      <div class="chat-foot">
        <Compose chat={chat} />
      </div>
    </>
  );
}
