/** Who is in the room, and the host's way to remove someone. */
import type { ReadonlySignal } from "@preact/signals";
import { EllipsisVertical, Mic, MicOff, UserPlus, UserX, VideoOff } from "lucide-preact";
import { useState } from "preact/hooks";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Menu, MenuRow } from "@/ui/Menu";
import { RemoveDialog } from "./RemoveDialog";
import "./people.css";
import { sortPeople } from "./sorting";
import { peopleText } from "./strings";

interface PeoplePanelProps {
  participants: ReadonlySignal<readonly ParticipantView[]>;
  /** Removes someone; absent for guests. Rejects when the server refused. */
  onRemove?: ((identity: string) => Promise<void>) | undefined;
  /** Copies the link; answers whether the browser let it. */
  onInvite: () => Promise<boolean>;
}

const ICON = { size: 18, strokeWidth: 1.9 } as const;

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

interface PersonRowProps {
  participant: ParticipantView;
  onAskRemove?: (() => void) | undefined;
}

function PersonRow({ participant, onAskRemove }: PersonRowProps) {
  const t = peopleText();
  return (
    <li class="person" data-identity={participant.identity}>
      <Avatar name={participant.name} identity={participant.identity} />
      <div class="person-who">
        <p class="person-name" dir="auto">
          {participant.name} {participant.isSelf && <span class="person-you">{t.you}</span>}
        </p>
        {participant.role === "host" && <p class="person-role">{t.host}</p>}
      </div>
      <Devices participant={participant} />
      {onAskRemove !== undefined && !participant.isSelf && (
        <Menu
          label={t.menu(callName(participant.name))}
          buttonClass="icon-button icon-button-small"
          face={<EllipsisVertical {...ICON} aria-hidden="true" />}
        >
          <MenuRow icon={<UserX {...ICON} aria-hidden="true" />} isDanger onClick={onAskRemove}>
            {t.remove}
          </MenuRow>
        </Menu>
      )}
    </li>
  );
}

/** What stands in the panel while the people are open. */
export function PeoplePanel({ participants, onRemove, onInvite }: PeoplePanelProps) {
  const t = peopleText();
  const [asked, setAsked] = useState<ParticipantView | undefined>(undefined);
  const [isCopied, setCopied] = useState(false);
  const isInside = participants.value.some((other) => other.identity === asked?.identity);
  return (
    <div class="people">
      <div class="people-heading">
        <h3>{t.inside}</h3>
        <Button kind="quiet" size="small" onClick={() => void onInvite().then(setCopied)}>
          <UserPlus size={16} strokeWidth={2} aria-hidden="true" />
          {isCopied ? t.invited : t.invite}
        </Button>
      </div>
      <ul>
        {sortPeople(participants.value).map((participant) => (
          <PersonRow
            key={participant.identity}
            participant={participant}
            onAskRemove={onRemove === undefined ? undefined : () => setAsked(participant)}
          />
        ))}
      </ul>
      {asked !== undefined && onRemove !== undefined && isInside && (
        <RemoveDialog
          participant={asked}
          onRemove={() => onRemove(asked.identity)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}
