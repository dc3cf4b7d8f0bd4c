/** Who waits, whose hand is up and who is inside; and what hosts and moderators do with them. */
import type { ReadonlySignal } from "@preact/signals";
import { MicOff, Settings2, UserPlus } from "lucide-preact";
import { useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import type { Moderation } from "@/api/moderation";
import { moderates, type ParticipantView } from "@/media/participants";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { Hands } from "./Hands";
import type { Lobby } from "./lobby";
import { PersonRow, type PersonRowProps, type Viewing } from "./PersonRow";
import { type Question, QuestionDialog } from "./QuestionDialog";
import "./people.css";
import { RenameDialog } from "./RenameDialog";
import { outranks } from "./ranks";
import { findPeople, sortPeople } from "./sorting";
import { peopleText } from "./strings";
import { WaitingList } from "./WaitingList";

export interface PeoplePanelProps {
  participants: ReadonlySignal<readonly ParticipantView[]>;
  lobby: Lobby;
  moderation: Moderation;
  /** Copies the link; answers whether the browser let it. */
  onInvite: () => Promise<boolean>;
  onSettings: () => void;
  /** Changes what one is called in this meeting. */
  onRename: (name: string) => Promise<void>;
  viewing: Viewing;
}

/** Fewer are seen at a glance. */
const SEARCHED_FROM = 7;

interface ActionsProps extends Pick<PeoplePanelProps, "onInvite" | "onSettings"> {
  canSetUp: boolean;
}

function Actions({ onInvite, onSettings, canSetUp }: ActionsProps) {
  const t = peopleText();
  const [isCopied, setCopied] = useState(false);
  return (
    <div class="people-actions">
      <Button kind="quiet" size="small" onClick={() => void onInvite().then(setCopied)}>
        <UserPlus size={16} strokeWidth={2} aria-hidden="true" />
        {isCopied ? t.invited : t.invite}
      </Button>
      {canSetUp && (
        <Button kind="quiet" size="small" onClick={onSettings}>
          <Settings2 size={16} strokeWidth={2} aria-hidden="true" />
          {t.roomSettings}
        </Button>
      )}
    </div>
  );
}

function Inside(
  props: { people: readonly ParticipantView[] } & Omit<PersonRowProps, "participant">,
) {
  const { people, ...rest } = props;
  const [searched, setSearched] = useState("");
  const t = peopleText();
  const hasSearch = people.length >= SEARCHED_FROM;
  const found = hasSearch ? findPeople(people, searched) : people;
  return (
    <>
      {hasSearch && (
        <Field
          label={t.search}
          labelHidden
          type="search"
          placeholder={t.search}
          value={searched}
          onValue={setSearched}
        />
      )}
      {found.length === 0 && (
        <p class="people-none" role="status">
          {t.noneFound}
        </p>
      )}
      <ul>
        {sortPeople(found).map((participant) => (
          <PersonRow key={participant.identity} participant={participant} {...rest} />
        ))}
      </ul>
    </>
  );
}

/** What stands in the panel while the people are open. */
export function PeoplePanel(props: PeoplePanelProps) {
  const { participants, lobby, moderation } = props;
  const asking = useMemo(createAsking, []);
  const [question, setQuestion] = useState<Question>();
  const [isRenaming, setRenaming] = useState(false);
  const t = peopleText();
  const people = participants.value;
  const self = people.find((other) => other.isSelf);
  const role = self?.role ?? "guest";
  const act = (asked: () => Promise<void>) => void asking.run(asked);
  const error = lobby.error.value ?? asking.error.value;
  const isInside = people.some((other) => other.identity === question?.participant.identity);
  const isModerating = moderates(role);
  return (
    <div class="people">
      <WaitingList lobby={lobby} />
      {error !== undefined && <FieldNote id="people-error" text={error} isError />}
      <Actions {...props} canSetUp={isModerating} />
      <Hands people={people} moderation={isModerating ? moderation : undefined} act={act} />
      <div class="people-heading">
        <h3>{t.inside}</h3>
        {isModerating && people.length > 1 && (
          <Button
            kind="quiet"
            size="small"
            disabled={!people.some((other) => other.isMicrophoneOn && outranks(role, other.role))}
            onClick={() => act(() => moderation.muteAll())}
          >
            <MicOff size={16} strokeWidth={2} aria-hidden="true" />
            {t.muteAll}
          </Button>
        )}
      </div>
      <Inside
        people={people}
        ownRole={role}
        moderation={moderation}
        act={act}
        onAsk={setQuestion}
        onRename={() => setRenaming(true)}
        viewing={props.viewing}
      />
      {isRenaming && self !== undefined && (
        <RenameDialog
          name={self.name}
          onRename={props.onRename}
          onClose={() => setRenaming(false)}
        />
      )}
      {question !== undefined && isInside && (
        <QuestionDialog
          question={question}
          moderation={moderation}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </div>
  );
}
