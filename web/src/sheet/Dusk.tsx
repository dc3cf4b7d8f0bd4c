/** What stands on the stage: tiles and the bar. */
import {
  Hand,
  MessageSquareText,
  Mic,
  MicOff,
  ScreenShare,
  Users,
  Video,
  VideoOff,
} from "lucide-preact";
import { StageTile } from "@/features/meeting/StageTile";
import type { ParticipantView } from "@/media/participants";
import { Row } from "@/sheet/Card";
import { BarButton, SplitBarButton } from "@/ui/BarButton";

const BOX = { x: 0, y: 0, width: 220, height: 138 };
const ICON = { size: 20, strokeWidth: 1.75, "aria-hidden": "true" } as const;

const PERSON: ParticipantView = {
  identity: "bagas",
  name: "Bagas Pramudya",
  isSelf: false,
  role: "guest",
  isAgent: false,
  hasPlace: true,
  rights: { speak: true, show: true, share: true, chat: true, react: true, rename: true },
  isPinnedForAll: false,
  joinedAtMs: 0,
  isMicrophoneOn: true,
  isCameraOn: false,
  camera: undefined,
  isCameraHeld: false,
  isSharing: false,
  hasShareSound: false,
  share: undefined,
  isShareHeld: false,
  connection: "good",
};

interface TileState {
  name: string;
  more?: Partial<ParticipantView>;
  isSpeaking?: boolean;
  isPaused?: boolean;
  isPinned?: boolean;
  isSilenced?: boolean;
  isDimmed?: boolean;
}

const STATES: readonly TileState[] = [
  { name: "at rest" },
  { name: "speaking", isSpeaking: true },
  { name: "microphone off", more: { isMicrophoneOn: false } },
  { name: "hand raised", more: { hand: 1 } },
  { name: "picture on its way", more: { isCameraOn: true } },
  { name: "weak network", more: { connection: "weak" } },
  { name: "connection lost", more: { connection: "lost" } },
  { name: "video paused", more: { isCameraOn: true }, isPaused: true },
  { name: "sound comes first", more: { isCameraOn: true, isCameraHeld: true } },
  { name: "pinned", isPinned: true },
  { name: "silenced for oneself", isSilenced: true },
  { name: "dimmed", isDimmed: true },
  { name: "a long name", more: { name: "Raden Ajeng Prabaningrum Sosrokusumo Adiningrat" } },
];

/** A tile in each state. */
export function Tiles() {
  return (
    <section class="sheet-dusk" aria-label="Tiles">
      <h2 class="sheet-title">Tiles</h2>
      <div class="sheet-tiles">
        {STATES.map(({ name, more, ...state }) => (
          <div key={name} class="sheet-tile">
            <StageTile
              isSpeaking={false}
              isDimmed={false}
              {...state}
              tile={{
                participant: { ...PERSON, identity: name, ...more },
                box: BOX,
                shape: "tile",
              }}
            />
            <p class="sheet-name">{name}</p>
          </div>
        ))}
      </div>
    </section>
  );
}

/** The controls of the bar in each state. */
export function BarControls() {
  const nothing = () => undefined;
  return (
    <section class="sheet-dusk stage-focus" aria-label="Bar">
      <h2 class="sheet-title">Bar</h2>
      <Row name="devices">
        <SplitBarButton label="Turn off microphone" state="on" level={0.6} onPress={nothing}>
          <Mic {...ICON} />
        </SplitBarButton>
        <SplitBarButton label="Turn on microphone" state="off" onPress={nothing}>
          <MicOff {...ICON} />
        </SplitBarButton>
        <SplitBarButton label="Allow camera" state="warned" onPress={nothing}>
          <VideoOff {...ICON} />
        </SplitBarButton>
        <SplitBarButton label="Camera is starting" state="off" busy onPress={nothing}>
          <Video {...ICON} />
        </SplitBarButton>
      </Row>
      <Row name="single">
        <BarButton label="Share screen">
          <ScreenShare {...ICON} />
        </BarButton>
        <BarButton label="Stop sharing" tone="on" pressed>
          <ScreenShare {...ICON} />
        </BarButton>
        <BarButton label="Lower hand" tone="hand" pressed>
          <Hand {...ICON} />
        </BarButton>
        <BarButton label="Turn on camera" tone="off">
          <VideoOff {...ICON} />
        </BarButton>
        <BarButton label="Not now" disabled>
          <ScreenShare {...ICON} />
        </BarButton>
        <BarButton label="People, 27" tone="bare" count={27}>
          <Users {...ICON} />
        </BarButton>
        <BarButton label="People, 6, 2 waiting" tone="bare" count={6} alarm>
          <Users {...ICON} />
        </BarButton>
        <BarButton label="Chat, unread" tone="bare" unread>
          <MessageSquareText {...ICON} />
        </BarButton>
      </Row>
      <Row name="hover">
        <BarButton label="Share screen, hover" data-look="hover">
          <ScreenShare {...ICON} />
        </BarButton>
      </Row>
      <Row name="pressed">
        <BarButton label="Share screen, pressed" data-look="hover active">
          <ScreenShare {...ICON} />
        </BarButton>
      </Row>
      <Row name="focus">
        <BarButton label="Share screen, focus" data-look="focus-visible">
          <ScreenShare {...ICON} />
        </BarButton>
      </Row>
    </section>
  );
}
