/** The chat: messages above, one field below; or what a search found. */
import type { ReadonlySignal } from "@preact/signals";
import { Search as SearchIcon } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import "./chat.css";
import "./message.css";
import { Compose } from "./Compose";
import type { ChatRights } from "./MessageMenu";
import { Messages } from "./Messages";
import { Search } from "./Search";
import type { Chat } from "./state";
import { chatText } from "./strings";

export interface ChatPanelProps {
  chat: Chat;
  rights: ReadonlySignal<ChatRights>;
  /** Asks for how many days the room keeps messages; null is for ever. */
  readKeptDays: () => Promise<number | null | undefined>;
}

/** What stands in the panel while the chat is open. */
export function ChatPanel({ chat, rights, readKeptDays }: ChatPanelProps) {
  const t = chatText();
  const [isSearching, setSearching] = useState(false);
  const [keptDays, setKeptDays] = useState<number | null>();
  useEffect(() => {
    chat.open(true);
    void readKeptDays().then(setKeptDays);
    return () => chat.open(false);
  }, [chat]);
  if (isSearching) {
    return <Search chat={chat} onClose={() => setSearching(false)} />;
  }
  const refusal = chat.refusal.value;
  return (
    <>
      {!chat.isLiveOnly && (
        <div class="chat-top">
          <Button kind="plain" size="small" onClick={() => setSearching(true)}>
            <SearchIcon size={16} strokeWidth={2} aria-hidden="true" />
            {t.search}
          </Button>
        </div>
      )}
      <Messages chat={chat} rights={rights} keptDays={keptDays} />
      <div class="chat-foot">
        {refusal !== undefined && <FieldNote id="chat-refusal" text={refusal} isError />}
        {rights.value.mayWrite ? <Compose chat={chat} /> : <p class="chat-note">{t.mayNotWrite}</p>}
      </div>
    </>
  );
}
