/** Messages in the chat are news while the chat is not looked at. */
import type { Chat } from "@/features/chat/state";
import type { MeetingState } from "@/features/meeting/state";
import { meetingText } from "@/features/meeting/strings";
import { callName } from "@/lib/person";

interface Parts {
  chat: Chat;
  state: MeetingState;
}

/** Tells each, with the way to the chat. */
export function tellMessages({ chat, state }: Parts): () => void {
  return chat.listen((message) => {
    const t = meetingText();
    state.news.tell({
      kind: "chat",
      text: t.message(callName(message.name), message.text),
      tone: "plain",
      action: { label: t.open, run: () => state.showPanel("chat") },
    });
  });
}
