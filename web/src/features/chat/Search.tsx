/** Finding words in all messages of the room. */
import { X } from "lucide-preact";
import { useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { formatMoment } from "@/i18n/format";
import { callName } from "@/lib/person";
import { IconButton } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { Linked } from "./Message";
import type { ChatMessage } from "./messages";
import type { Chat } from "./state";
import { chatText } from "./strings";

function Found({ message }: { message: ChatMessage }) {
  const t = chatText();
  return (
    <li class="chat-found">
      <p class="chat-who">
        <span class="truncate" dir="auto">
          {message.isOwn ? t.you : callName(message.name)}
        </span>
        <span class="chat-time">{formatMoment(new Date(message.sentAtMs))}</span>
      </p>
      <p class="chat-words" dir="auto">
        <Linked text={message.text} />
      </p>
    </li>
  );
}

/** A field, and below it what it found. */
export function Search({ chat }: { chat: Chat }) {
  const t = chatText();
  const asking = useMemo(createAsking, []);
  const [words, setWords] = useState("");
  const [found, setFound] = useState<ChatMessage[]>();
  const search = async () => {
    if (words.trim() !== "") {
      await asking.run(async () => setFound(await chat.search(words.trim())));
    }
  };
  const close = () => {
    chat.isSearching.value = false;
  };
  const error = asking.error.value;
  return (
    <search class="chat-search">
      <form
        class="chat-search-form"
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <Field
          label={t.searchWords}
          labelHidden
          placeholder={t.searchWords}
          type="search"
          maxLength={200}
          autoFocus
          class="grow"
          value={words}
          onValue={setWords}
        />
        <IconButton label={t.searchClose} size="small" onClick={close}>
          <X size={18} strokeWidth={1.9} aria-hidden="true" />
        </IconButton>
      </form>
      {error !== undefined && <FieldNote id="search-error" text={error} isError />}
      <p class="chat-note" role="status">
        {found !== undefined && (found.length === 0 ? t.foundNone : t.found(found.length))}
      </p>
      <ul>
        {found?.map((message) => (
          <Found key={message.id} message={message} />
        ))}
      </ul>
    </search>
  );
}
