/** Puts a meeting together: the connection, the screen, the chat and the people, which do not know each other. */
import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { lazily } from "@/app/lazily";
import { connectStay, createStay, raiseHand, type StayOptions } from "@/app/stay";
import { muteOne, pinForAll } from "@/app/stay-moderation";
import { renameSelf } from "@/app/stay-naming";
import { followOwnNews } from "@/app/stay-notifications";
import { appText } from "@/app/strings";
import { SearchButton } from "@/features/chat/SearchButton";
import { type Acting, tileActions } from "@/features/meeting/acting";
import { Meeting } from "@/features/meeting/Meeting";
import { presenceText } from "@/features/meeting/presence-strings";
import { outranks } from "@/features/people/ranks";
import { formatNumber } from "@/i18n/format";
import { copyText } from "@/lib/clipboard";
import { enterMeeting } from "@/lib/meeting-now";
import { moderates } from "@/media/participants";

const ChatPanel = lazily(() =>
  import("@/features/chat/ChatPanel").then((loaded) => loaded.ChatPanel),
);
const PeoplePanel = lazily(() =>
  import("@/features/people/PeoplePanel").then((loaded) => loaded.PeoplePanel),
);
const RoomSettings = lazily(
  () => import("@/features/people/RoomSettingsDialog").then((loaded) => loaded.RoomSettingsDialog),
  "over",
);

export type MeetingRoomProps = StayOptions;

/** One stay in a meeting, from joining to leaving. */
export default function MeetingRoom(props: MeetingRoomProps) {
  const { admission, onLeave, embedder } = props;
  const stay = useMemo(() => createStay(props), [admission]);
  const { session, state, chat, lobby, moderation, announcer } = stay;
  const [isSettingUp, setSettingUp] = useState(false);
  useEffect(() => connectStay(stay, { onLeave, embedder }), [stay]);
  const { code } = admission;
  const title = admission.title === "" ? appText().untitled : admission.title;
  useEffect(() => enterMeeting(code), [code]);
  useEffect(
    () =>
      followOwnNews(code, (item) =>
        state.news.tell({ kind: "notification", text: item.title, tone: "plain" }),
      ),
    [state, code],
  );
  const isHost = stay.role.value === "host";
  const unread = chat.unread.value;
  const outside = moderates(stay.role.value) ? lobby.waiting.value.length : 0;
  useEffect(() => {
    const waits = outside > 0 ? `${presenceText().waitingTitle(formatNumber(outside))} · ` : "";
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${waits}${title} · Jumpa`;
  }, [unread, outside, title]);
  const link = new URL(`/${code}`, location.origin).href;
  const waiting = useComputed(() => lobby.waiting.value.length);
  const setUp = () => setSettingUp(true);
  const acting: Acting = {
    session,
    state,
    announcer,
    floating: stay.floating,
    pointers: stay.pointers,
    idle: stay.idle,
    onHand: (isUp) => raiseHand(stay, isUp),
    ...(moderates(stay.role.value) && {
      onMute: (identity) => muteOne(stay, identity),
      mayMute: ({ role }) => outranks(stay.role.value, role),
      onPinForAll: (participant) => pinForAll(stay, participant),
    }),
  };
  const { onPin, onVolume, onHide, mayHide } = tileActions(acting);
  const { pinned, hidden } = state;
  return (
    <>
      <Meeting
        {...acting}
        title={title}
        link={link}
        onEnd={isHost ? moderation.end : undefined}
        onRoomSettings={setUp}
        chat={{
          unread: chat.unread,
          tools: <SearchButton chat={chat} />,
          body: (
            <ChatPanel
              chat={chat}
              rights={stay.chatRights}
              readRules={stay.readRules}
              typing={stay.typing}
              nameOf={(identity) =>
                session.participants.value.find((other) => other.identity === identity)?.name
              }
            />
          ),
        }}
        people={{
          waiting,
          body: (
            <PeoplePanel
              participants={session.participants}
              lobby={lobby}
              moderation={moderation}
              onInvite={() => copyText(link)}
              onSettings={setUp}
              onRename={(name) => renameSelf(stay, name)}
              viewing={{ pinned, hidden, onPin, onVolume, onHide, mayHide }}
            />
          ),
        }}
      />
      {isSettingUp && (
        <RoomSettings moderation={moderation} isHost={isHost} onClose={() => setSettingUp(false)} />
      )}
    </>
  );
}
