/** The people of the organisation: who has an account, as what, and who is invited. */

import "@/features/organisation/organisation.css";
import { UserPlus } from "lucide-preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import {
  changeRole,
  closeAccount,
  inviteColleague,
  listColleagueInvitations,
  listColleagues,
  removeAccount,
  reopenAccount,
  resendInvitation,
  signOutEverywhere,
  withdrawInvitation,
} from "@/api/organisation";
import { Invitations } from "@/features/organisation/Invitations";
import { InviteDialog } from "@/features/organisation/InviteDialog";
import { NameCard } from "@/features/organisation/NameCard";
import { PeopleTable } from "@/features/organisation/PeopleTable";
import { createPeople } from "@/features/organisation/state";
import { organisationText } from "@/features/organisation/strings";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";

const PORTS = {
  list: listColleagues,
  changeRole,
  close: closeAccount,
  reopen: reopenAccount,
  signOut: signOutEverywhere,
  remove: removeAccount,
  listInvitations: listColleagueInvitations,
  invite: inviteColleague,
  resend: resendInvitation,
  withdraw: withdrawInvitation,
};

export interface PeopleProps {
  ownId: string;
  /** Called when whoever looks may administrate no longer. */
  onRefused: () => void;
}

/** The section. */
export function People({ ownId, onRefused }: PeopleProps) {
  const text = organisationText();
  const state = useMemo(() => createPeople(PORTS, onRefused), []);
  const [isInviting, setInviting] = useState(false);
  useEffect(() => {
    void state.people.pages.load();
    void state.invitations.pages.load();
  }, [state]);
  const error = state.changing.error.value;
  return (
    <div class="organisation">
      <NameCard news={state.news.value} onRefused={onRefused}>
        <Button kind="primary" onClick={() => setInviting(true)}>
          <UserPlus size={20} strokeWidth={1.75} aria-hidden="true" />
          {text.invite}
        </Button>
      </NameCard>
      <p class="organisation-news" role="status">
        {error === undefined && state.news.value}
      </p>
      {error !== undefined && <FieldNote id="organisation-error" text={error} isError />}
      <Invitations state={state} />
      <PeopleTable state={state} ownId={ownId} />
      {isInviting && <InviteDialog invite={state.invite} onClose={() => setInviting(false)} />}
    </div>
  );
}
