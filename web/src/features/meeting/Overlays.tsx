/** What stands over the whole meeting: cards of the connection, and one dialog at a time. */
import type { FunctionComponent } from "preact";
import type { Session } from "@/media/session";
import { BackgroundDialog } from "./BackgroundDialog";
import { ChimesDialog } from "./ChimesDialog";
import { DataDialog } from "./DataDialog";
import { IdleDialog } from "./IdleDialog";
import type { Idle } from "./idle";
import { LayoutDialog } from "./LayoutDialog";
import { ConnectingCard, ReconnectingCard } from "./ReconnectingCard";
import { Shortcuts } from "./Shortcuts";
import { SoundPrompt } from "./SoundPrompt";
import { StatisticsDialog } from "./StatisticsDialog";
import type { MeetingState, PlainDialog } from "./state";
import { VolumeDialog } from "./VolumeDialog";

interface OverlaysProps {
  idle: Idle;
  session: Session;
  state: MeetingState;
  /** Whether the connection is away for long enough to say so. */
  isAway: boolean;
}

type DialogOf = FunctionComponent<{ session: Session; onClose: () => void }>;

const DIALOGS: Record<PlainDialog, DialogOf> = {
  layout: LayoutDialog,
  shortcuts: Shortcuts,
  data: DataDialog,
  statistics: StatisticsDialog,
  background: BackgroundDialog,
  chimes: ChimesDialog,
};

function OpenDialog({ session, state }: OverlaysProps) {
  const open = state.dialog.value;
  const close = () => {
    state.dialog.value = undefined;
  };
  if (open === undefined) {
    return null;
  }
  if (open.kind === "volume") {
    const participant = session.participants.value.find(
      (other) => other.identity === open.identity,
    );
    return participant === undefined ? null : (
      <VolumeDialog participant={participant} volumes={session.volumes} onClose={close} />
    );
  }
  const Dialog = DIALOGS[open.kind];
  return <Dialog session={session} onClose={close} />;
}

/** All of them; most of the time none. */
export function Overlays(props: OverlaysProps) {
  const { session, state, idle, isAway } = props;
  return (
    <>
      {session.connection.value === "connecting" && <ConnectingCard />}
      {isAway && <ReconnectingCard seconds={state.seconds.value ?? 0} />}
      {session.isSilenced.value && <SoundPrompt onAllow={() => void session.allowSound()} />}
      <OpenDialog {...props} />
      <IdleDialog idle={idle} onLeave={() => void session.leave()} />
    </>
  );
}
