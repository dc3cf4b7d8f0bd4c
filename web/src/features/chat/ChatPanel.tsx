/** The chat: messages above, one field below; or what a search found. */
import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { formatList } from "@/i18n/format";
import { callName } from "@/lib/person";
import { FieldNote } from "@/ui/Field";
import "./chat.css";
import "./message.css";
import { Compose } from "./Compose";
import type { ChatRights } from "./MessageMenu";
import { Messages } from "./Messages";
import { Search } from "./Search";
import type { Chat } from "./state";
import { chatText } from "./strings";
import type { Typing } from "./typing";

/** What the room says about its chat. */
export interface ChatRules {
  /** For how many days messages are kept; null is for ever. */
  keptDays: number | null | undefined;
  whoMaySendFiles: "everybody" | "moderators" | "nobody";
}

export interface ChatPanelProps {
  chat: Chat;
  rights: ReadonlySignal<ChatRights>;
  readRules: () => Promise<ChatRules>;
  typing: Typing;
  /** The name of somebody inside. */
  nameOf: (identity: string) => string | undefined;
}

const UNKNOWN: ChatRules = { keptDays: undefined, whoMaySendFiles: "everybody" };

function useRules({ chat, readRules }: ChatPanelProps): ChatRules {
  const [rules, setRules] = useState(UNKNOWN);
  useEffect(() => {
    void readRules().then(setRules);
  }, [chat]);
  return rules;
}

interface DropAreaProps {
  chat: Chat;
  isOpen: boolean;
  children: ComponentChildren;
}

/** Takes files that are let fall anywhere over the chat. */
function DropArea({ chat, isOpen, children }: DropAreaProps) {
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    if (isOpen && event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      setOver(true);
    }
  };
  return (
    <section
      class="chat-drop"
      aria-label={chatText().messages}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (isOver) {
          event.preventDefault();
          setOver(false);
          chat.sendFiles([...(event.dataTransfer?.files ?? [])]);
        }
      }}
    >
      {children}
      {isOver && <p class="chat-drop-here">{chatText().drop}</p>}
    </section>
  );
}

const NAMED = 2;

/** Who else is writing; not said aloud, because the message itself will be. */
function Writers({ typing, nameOf }: Pick<ChatPanelProps, "typing" | "nameOf">) {
  const t = chatText();
  const names = typing.writers.value.flatMap((identity) => nameOf(identity) ?? []).map(callName);
  const rest = names.length - NAMED;
  return (
    <p class="chat-writers" dir="auto" aria-hidden="true">
      {names.length > 0 &&
        t.typing(
          formatList(rest > 0 ? [...names.slice(0, NAMED), t.others(rest)] : names),
          names.length,
        )}
    </p>
  );
}

/** What stands in the panel while the chat is open. */
export function ChatPanel(props: ChatPanelProps) {
  const { chat, rights } = props;
  const t = chatText();
  const { keptDays, whoMaySendFiles } = useRules(props);
  useEffect(() => {
    chat.open(true);
    return () => chat.open(false);
  }, [chat]);
  if (chat.isSearching.value) {
    return <Search chat={chat} />;
  }
  const { mayWrite, moderates } = rights.value;
  const isAllowed = whoMaySendFiles === "moderators" ? moderates : whoMaySendFiles === "everybody";
  const mayAttach = mayWrite && isAllowed && !chat.isLiveOnly;
  const refusal = chat.changes.refusal.value;
  return (
    <DropArea chat={chat} isOpen={mayAttach}>
      <Messages chat={chat} rights={rights} keptDays={keptDays} />
      <div class="chat-foot">
        <Writers {...props} />
        {refusal !== undefined && <FieldNote id="chat-refusal" text={refusal} isError />}
        {mayWrite ? (
          <Compose chat={chat} typing={props.typing} mayAttach={mayAttach} />
        ) : (
          <p class="chat-note">{t.mayNotWrite}</p>
        )}
      </div>
    </DropArea>
  );
}
