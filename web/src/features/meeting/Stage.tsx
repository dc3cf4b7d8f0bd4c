/** The stage: tiles, a shared screen, pages, or the invitation of someone alone. */
import type { ReadonlySignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ParticipantView } from "@/media/participants";
import type { Volumes } from "@/media/volumes";
import type { PlacedTile } from "./arrangement";
import { CornerButton } from "./CornerButton";
import { FloatingReactions } from "./FloatingReactions";
import type { Floating } from "./floating";
import { Invitation } from "./Invitation";
import { Pager } from "./Pager";
import type { Pointers } from "./pointers";
import { SharedScreen } from "./SharedScreen";
import { StageTile } from "./StageTile";
import { useSize } from "./screen";
import type { MeetingState } from "./state";
import { meetingText } from "./strings";
import { type TileActions, TileTools } from "./TileTools";

interface StageProps {
  state: MeetingState;
  speaking: ReadonlySignal<ReadonlySet<string>>;
  link: string;
  isDimmed: boolean;
  volumes: Volumes;
  actions: TileActions;
  floating: Floating;
  pointers: Pointers;
  participants: ReadonlySignal<readonly ParticipantView[]>;
  onStopShare: () => void;
  onSmallWindow: (() => void) | undefined;
}

const SWIPE_PX = 60;

/** Swipes on a touch screen turn the page. */
function useSwipe(onTurn: (by: 1 | -1) => void) {
  const start = useRef<number | undefined>(undefined);
  return {
    onTouchStart: (event: TouchEvent) => {
      start.current = event.touches[0]?.clientX;
    },
    onTouchEnd: (event: TouchEvent) => {
      const end = event.changedTouches[0]?.clientX;
      if (start.current !== undefined && end !== undefined) {
        const moved = end - start.current;
        if (Math.abs(moved) > SWIPE_PX) {
          onTurn(moved < 0 ? 1 : -1);
        }
      }
      start.current = undefined;
    },
  };
}

/** The button that moves a tile in a corner, or the tools of any other; none for someone alone. */
function OverTile({ state, actions, isDimmed, tile }: StageProps & { tile: PlacedTile }) {
  const { participant, shape, box } = tile;
  if (shape === "corner") {
    return (
      <CornerButton
        box={box}
        area={state.area.value}
        onRest={(corner) => {
          state.corner.value = corner;
        }}
        onPress={() => state.nextCorner()}
      />
    );
  }
  if (isDimmed || state.arrangement.value.view === "alone") {
    return null;
  }
  const isPinned = state.pinned.value === participant.identity;
  return <TileTools {...actions} participant={participant} isPinned={isPinned} />;
}

/** Everything between the edges of the window and the bar. */
export function Stage(props: StageProps) {
  const { state, speaking, volumes, link, isDimmed, onStopShare } = props;
  const element = useSize(state.area);
  const { view, tiles, shares, invitation, page, pages } = state.arrangement.value;
  const swipe = useSwipe((by) => state.turnPage(by));
  return (
    <main
      class="stage-floor"
      aria-label={meetingText().stage}
      onPointerEnter={(event) => {
        state.isPointerOnStage.value = event.pointerType === "mouse";
      }}
      onPointerLeave={() => {
        state.isPointerOnStage.value = false;
      }}
    >
      <div ref={element} class="stage-area" data-view={view} {...swipe}>
        <div key={page} class="stage-page" data-turned={state.turned.value}>
          {shares.map((share) => (
            <SharedScreen
              key={share.participant.identity}
              share={share}
              pointers={props.pointers}
              participants={props.participants.value}
              volumes={volumes}
              onStopShare={onStopShare}
              onSmallWindow={props.onSmallWindow}
              onEnlarge={() => state.showShare(share.participant.identity)}
            />
          ))}
          {tiles.map((tile) => (
            <StageTile
              key={tile.participant.identity}
              tile={tile}
              isSpeaking={!isDimmed && speaking.value.has(tile.participant.identity)}
              isDimmed={isDimmed}
              isPaused={state.isPaused(tile.participant)}
              isPinned={state.pinned.value === tile.participant.identity}
              isSilenced={volumes.of(tile.participant.identity) === 0}
            >
              <OverTile {...props} tile={tile} />
            </StageTile>
          ))}
          {invitation !== undefined && !isDimmed && <Invitation box={invitation} link={link} />}
        </div>
        <FloatingReactions
          floating={props.floating}
          arrangement={state.arrangement.value}
          area={state.area}
          participants={props.participants.value}
        />
        {pages > 1 && <Pager page={page} pages={pages} onTurn={(by) => state.turnPage(by)} />}
      </div>
    </main>
  );
}
