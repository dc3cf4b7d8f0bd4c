/** Puts a meeting together: the connection, the screen, the chat and the people, which do not know each other. */
import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { lazily } from "@/app/lazily";
import { connectStay, createStay, muteOne, raiseHand, type StayOptions } from "@/app/stay";
import { SearchButton } from "@/features/chat/SearchButton";
import { type Acting, tileActions } from "@/features/meeting/acting";
import { Meeting } from "@/features/meeting/Meeting";
import { copyText } from "@/lib/clipboard";
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
  const { admission, onLeave } = props;
  const stay = useMemo(() => createStay(props), [admission]);
  const { session, state, chat, lobby, moderation, announcer } = stay;
  const [isSettingUp, setSettingUp] = useState(false);
  useEffect(() => connectStay(stay, onLeave), [stay]);
  const { code, title } = admission;
  const isHost = stay.role.value === "host";
  const unread = chat.unread.value;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title} · Jumpa` : `${title} · Jumpa`;
  }, [unread, title]);
  const link = new URL(`/${code}`, location.origin).href;
  const waiting = useComputed(() => lobby.waiting.value.length);
  const setUp = () => setSettingUp(true);
  const acting: Acting = {
    session,
    state,
    announcer,
    floating: stay.floating,
    onHand: (isUp) => raiseHand(stay, isUp),
    onMute: moderates(stay.role.value) ? (identity) => muteOne(stay, identity) : undefined,
  };
  const { onPin, onVolume, onHide } = tileActions(acting);
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
          body: <ChatPanel chat={chat} rights={stay.chatRights} readRules={stay.readRules} />,
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
              viewing={{ pinned: state.pinned, hidden: state.hidden, onPin, onVolume, onHide }}
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
