/** One person of the list: face, name, role, devices, and a menu for those who may act on them. */

import type { ReadonlySignal } from "@preact/signals";
import {
  Crown,
  EllipsisVertical,
  Eye,
  EyeOff,
  Hand,
  Mic,
  MicOff,
  PencilLine,
  Pin,
  PinOff,
  ShieldCheck,
  UserRoundCheck,
  UserRoundX,
  UserX,
  VideoOff,
  Volume2,
} from "lucide-preact";
import type { Moderation } from "@/api/moderation";
import { callName } from "@/lib/person";
import { moderates, type ParticipantView, type Role } from "@/media/participants";
import { Avatar } from "@/ui/Avatar";
import { Menu, MenuLine, MenuRow } from "@/ui/Menu";
import type { Question } from "./QuestionDialog";
import { outranks } from "./ranks";
import { peopleText } from "./strings";

export type Act = (asked: () => Promise<void>) => void;

/** What one does with a person for oneself alone. */
export interface Viewing {
  pinned: ReadonlySignal<string | undefined>;
  onPin: (participant: ParticipantView) => void;
  onVolume: (participant: ParticipantView) => void;
  hidden: ReadonlySignal<ReadonlySet<string>>;
  /** Takes the tile off the stage, or puts it back. */
  onHide: (participant: ParticipantView) => void;
  /** Whether anybody else would be left to be seen. */
  mayHide: (identity: string) => boolean;
}

export interface PersonRowProps {
  viewing: Viewing;
  participant: ParticipantView;
  ownRole: Role;
  moderation: Moderation;
  act: Act;
  onAsk: (question: Question) => void;
  /** Asks for another name for oneself. */
  onRename: () => void;
}

const ICON = { size: 18, strokeWidth: 1.9 } as const;
const HIDDEN = { ...ICON, "aria-hidden": "true" } as const;

function Devices({ participant }: { participant: ParticipantView }) {
  const t = peopleText();
  return (
    <>
      {!participant.isCameraOn && (
        <span class="person-state">
          <VideoOff {...ICON} aria-label={t.cameraOff} />
        </span>
      )}
      <span class={participant.isMicrophoneOn ? "person-state person-heard" : "person-state"}>
        {participant.isMicrophoneOn ? (
          <Mic {...ICON} aria-label={t.microphoneOn} />
        ) : (
          <MicOff {...ICON} aria-label={t.microphoneOff} />
        )}
      </span>
    </>
  );
}

function RoleRows({ participant, moderation, act, onAsk }: PersonRowProps) {
  const t = peopleText();
  const { identity, role } = participant;
  const become = (next: "moderator" | "participant" | "observer") => () =>
    act(() => moderation.change(identity, { role: next }));
  return (
    <>
      {role !== "moderator" && (
        <MenuRow icon={<ShieldCheck {...HIDDEN} />} onClick={become("moderator")}>
          {t.makeModerator}
        </MenuRow>
      )}
      {(role === "moderator" || role === "observer") && (
        <MenuRow icon={<UserRoundCheck {...HIDDEN} />} onClick={become("participant")}>
          {t.makeParticipant}
        </MenuRow>
      )}
      {role !== "observer" && (
        <MenuRow icon={<Eye {...HIDDEN} />} onClick={become("observer")}>
          {t.makeObserver}
        </MenuRow>
      )}
      <MenuRow
        icon={<Crown {...HIDDEN} />}
        onClick={() => onAsk({ about: "handOver", participant })}
      >
        {t.handOver}
      </MenuRow>
    </>
  );
}

function ViewingRows({ participant, viewing }: PersonRowProps) {
  const t = peopleText();
  const isPinned = viewing.pinned.value === participant.identity;
  const isHidden = viewing.hidden.value.has(participant.identity);
  return (
    <>
      <MenuRow
        icon={isPinned ? <PinOff {...HIDDEN} /> : <Pin {...HIDDEN} />}
        onClick={() => viewing.onPin(participant)}
      >
        {isPinned ? t.unpin : t.pin}
      </MenuRow>
      <MenuRow icon={<Volume2 {...HIDDEN} />} onClick={() => viewing.onVolume(participant)}>
        {t.volume}
      </MenuRow>
      {(isHidden || viewing.mayHide(participant.identity)) && (
        <MenuRow
          icon={isHidden ? <Eye {...HIDDEN} /> : <EyeOff {...HIDDEN} />}
          onClick={() => viewing.onHide(participant)}
        >
          {isHidden ? t.show : t.hide}
        </MenuRow>
      )}
    </>
  );
}

/** Also of those who rank higher: it takes nothing from them. */
function PinForAllRow({ participant, moderation, act }: PersonRowProps) {
  const t = peopleText();
  const { identity, isPinnedForAll } = participant;
  return (
    <>
      <MenuLine />
      <MenuRow
        icon={isPinnedForAll ? <PinOff {...HIDDEN} /> : <Pin {...HIDDEN} />}
        onClick={() => act(() => moderation.pin(identity, !isPinnedForAll))}
      >
        {isPinnedForAll ? t.unpinForAll : t.pinForAll}
      </MenuRow>
    </>
  );
}

function ModeratorRows(props: PersonRowProps) {
  const { participant, ownRole, moderation, act, onAsk } = props;
  const t = peopleText();
  const { identity, isMicrophoneOn, hand, hasPlace } = participant;
  const givesRoles = ownRole === "host" && hasPlace;
  return (
    <>
      {isMicrophoneOn && (
        <MenuRow icon={<MicOff {...HIDDEN} />} onClick={() => act(() => moderation.mute(identity))}>
          {t.mute}
        </MenuRow>
      )}
      {hand !== undefined && (
        <MenuRow
          icon={<Hand {...HIDDEN} />}
          onClick={() => act(() => moderation.raiseHand(identity, false))}
        >
          {t.lower}
        </MenuRow>
      )}
      {givesRoles && <RoleRows {...props} />}
      {(givesRoles || isMicrophoneOn || hand !== undefined) && <MenuLine />}
      <MenuRow
        icon={<UserX {...HIDDEN} />}
        isDanger
        onClick={() => onAsk({ about: "remove", participant })}
      >
        {t.remove}
      </MenuRow>
      {hasPlace && (
        <MenuRow
          icon={<UserRoundX {...HIDDEN} />}
          isDanger
          onClick={() => onAsk({ about: "ban", participant })}
        >
          {t.ban}
        </MenuRow>
      )}
    </>
  );
}

function PersonMenu(props: PersonRowProps) {
  const { participant, ownRole } = props;
  return (
    <Menu
      label={peopleText().menu(callName(participant.name))}
      buttonClass="icon-button icon-button-small"
      face={<EllipsisVertical {...HIDDEN} />}
    >
      <ViewingRows {...props} />
      {moderates(ownRole) && participant.hasPlace && <PinForAllRow {...props} />}
      {outranks(ownRole, participant.role) && <ModeratorRows {...props} />}
    </Menu>
  );
}

function OwnMenu({ participant, onRename }: PersonRowProps) {
  const t = peopleText();
  return (
    <Menu
      label={t.menu(callName(participant.name))}
      buttonClass="icon-button icon-button-small"
      face={<EllipsisVertical {...HIDDEN} />}
    >
      <MenuRow icon={<PencilLine {...HIDDEN} />} onClick={onRename}>
        {t.rename}
      </MenuRow>
    </Menu>
  );
}

/** The row. */
export function PersonRow(props: PersonRowProps) {
  const { participant } = props;
  const t = peopleText();
  const roles: Partial<Record<Role, string>> = t.roles;
  const role = participant.isAgent ? t.bot : roles[participant.role];
  return (
    <li class="person" data-identity={participant.identity}>
      <Avatar name={participant.name} identity={participant.identity} />
      <div class="person-who">
        <p class="person-name" dir="auto">
          {participant.name} {participant.isSelf && <span class="person-you">{t.you}</span>}
        </p>
        {role !== undefined && <p class="person-role">{role}</p>}
      </div>
      <Devices participant={participant} />
      {!participant.isSelf && <PersonMenu {...props} />}
      {participant.isSelf && participant.rights.rename && <OwnMenu {...props} />}
    </li>
  );
}
