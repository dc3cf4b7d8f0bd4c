/** Who is invited, what they said, and inviting more people. */

import { Crown, Ellipsis, UserX } from "lucide-preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { accountStanding } from "@/api/account-session";
import { type Asking, createAsking, createLoading } from "@/api/asking";
import { type Invitation, invite, listInvitations, takeBackInvitation } from "@/api/inviting";
import type { Meeting } from "@/api/meetings";
import { inviteeOf, type Named } from "@/features/schedule/draft";
import { Invited } from "@/features/schedule/Invited";
import { meetingText } from "@/features/schedule/meeting-strings";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { Menu, MenuRow } from "@/ui/Menu";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

export interface ComingProps {
  meeting: Meeting;
  /** To which of its times they answered; to all without one. */
  at: string | undefined;
  /** Whether it takes place, so that people can be invited. */
  isOn: boolean;
}

/** The card. */
export function Coming({ meeting, at, isOn }: ComingProps) {
  const text = meetingText();
  const { id } = meeting;
  const loading = useMemo(() => createLoading(() => listInvitations(id, at)), [id, at]);
  const asking = useMemo(createAsking, []);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  const change = async (asked: () => Promise<unknown>) => {
    if (await asking.run(asked)) {
      await loading.load();
      return true;
    }
    return false;
  };
  const error = asking.error.value;
  return (
    <section class="card schedule-card" aria-labelledby="coming">
      <h2 id="coming" class="section-title">
        {text.people}
      </h2>
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void loading.load()} />
      )}
      {loaded.name === "ready" && (
        <>
          <p class="schedule-note">{countWords(loaded.value)}</p>
          <ul class="schedule-people">
            {loaded.value.map((one) => (
              <Row
                key={one.id}
                invitation={one}
                isOrganiser={meeting.part === "organiser"}
                isOn={isOn}
                onRole={(role) => void change(() => invite(id, [{ email: one.email, role }]))}
                onTakeBack={() => void change(() => takeBackInvitation(id, one.id))}
              />
            ))}
          </ul>
        </>
      )}
      {error !== undefined && <FieldNote id="coming-error" text={error} isError />}
      {isOn && (
        <More
          asking={asking}
          namesCohosts={meeting.part === "organiser"}
          onInvite={(named) => change(() => invite(id, named.map(inviteeOf)))}
        />
      )}
    </section>
  );
}

function countWords(all: readonly Invitation[]): string {
  const text = meetingText();
  const count = (answer: Invitation["answer"]) => all.filter((one) => one.answer === answer).length;
  return all.length === 0
    ? text.nobody
    : text.counts(count("accepted"), count("tentative"), count("declined"), count("needs_action"));
}

interface RowProps {
  invitation: Invitation;
  isOrganiser: boolean;
  isOn: boolean;
  onRole: (role: Invitation["role"]) => void;
  onTakeBack: () => void;
}

function Row({ invitation, isOrganiser, isOn, onRole, onTakeBack }: RowProps) {
  const text = meetingText();
  const { email, role, answer } = invitation;
  const name = invitation.name === "" ? email : invitation.name;
  const isCohost = role === "cohost";
  const icon = { size: 18, strokeWidth: 1.75, "aria-hidden": true } as const;
  return (
    <li class="schedule-person">
      <Avatar name={name} identity={email} />
      <span class="schedule-words">
        <strong dir="auto">{name}</strong>
        <span>
          {[text.saying[answer], isCohost ? text.cohost : "", name === email ? "" : email]
            .filter((word) => word !== "")
            .join(" · ")}
        </span>
      </span>
      {isOn && (isOrganiser || !isCohost) && (
        <Menu
          label={text.doings(name)}
          buttonClass="icon-button"
          face={<Ellipsis size={20} strokeWidth={1.75} aria-hidden="true" />}
        >
          {isOrganiser && (
            <MenuRow
              icon={<Crown {...icon} />}
              onClick={() => onRole(isCohost ? "attendee" : "cohost")}
            >
              {isCohost ? text.makeAttendee : text.makeCohost}
            </MenuRow>
          )}
          <MenuRow icon={<UserX {...icon} />} isDanger onClick={onTakeBack}>
            {text.uninvite}
          </MenuRow>
        </Menu>
      )}
    </li>
  );
}

interface MoreProps {
  asking: Asking;
  namesCohosts: boolean;
  onInvite: (named: readonly Named[]) => Promise<boolean>;
}

function More({ asking, namesCohosts, onInvite }: MoreProps) {
  const text = meetingText();
  const [named, setNamed] = useState<readonly Named[]>([]);
  const [said, setSaid] = useState("");
  const standing = accountStanding.value;
  const send = async () => {
    const count = named.length;
    if (await onInvite(named)) {
      setNamed([]);
      setSaid(text.invitedNow(count));
    }
  };
  return (
    <div class="schedule-more">
      <Invited
        label={text.inviteMore}
        invited={named}
        ownId={standing.name === "in" ? standing.profile.id : undefined}
        namesCohosts={namesCohosts}
        onChange={(changed) => {
          setNamed(changed);
          setSaid("");
        }}
      />
      <p class="schedule-note" role="status">
        {said}
      </p>
      {named.length > 0 && (
        <Button
          class="justify-self-start"
          busy={asking.isBusy.value && text.inviting}
          onClick={() => void send()}
        >
          {text.invite}
        </Button>
      )}
    </div>
  );
}
