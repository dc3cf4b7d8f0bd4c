/** Who is invited and has not answered yet; nothing where nobody is. */

import type { ColleagueInvitation } from "@/api/organisation";
import type { PeopleState } from "@/features/organisation/state";
import { organisationText } from "@/features/organisation/strings";
import { formatMoment } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { More, Trouble } from "@/ui/Waiting";

/** The card. */
export function Invitations({ state }: { state: PeopleState }) {
  const text = organisationText();
  const { pages } = state.invitations;
  const loaded = pages.state.value;
  if (loaded.name === "loading" || (loaded.name === "ready" && loaded.value.items.length === 0)) {
    return null;
  }
  return (
    <section class="card organisation-card" aria-labelledby="colleague-invitations">
      <h2 id="colleague-invitations" class="section-title">
        {text.invitations}
      </h2>
      {loaded.name === "failed" ? (
        <Trouble text={loaded.error} onRetry={() => void pages.load()} />
      ) : (
        <ul>
          {loaded.value.items.map((one) => (
            <Invitation key={one.id} state={state} invitation={one} />
          ))}
        </ul>
      )}
      <More id="colleague-invitations-error" label={text.more} list={state.invitations} />
    </section>
  );
}

interface InvitationProps {
  state: PeopleState;
  invitation: ColleagueInvitation;
}

function Invitation({ state, invitation }: InvitationProps) {
  const text = organisationText();
  const { email, role, expires_at: expiresAt, is_expired: isExpired } = invitation;
  const until = formatMoment(new Date(expiresAt));
  const isWaiting = state.changing.isBusy.value && state.changed.value === invitation.id;
  return (
    <li class="organisation-row">
      <span class="organisation-words">
        <strong>{email}</strong>
        <span>
          {isExpired
            ? text.expired(text.roles[role])
            : text.invitationLine(text.roles[role], until)}
        </span>
      </span>
      <Button
        size="small"
        kind={isExpired ? "soft" : "secondary"}
        aria-label={text.resendTo(email)}
        busy={isWaiting && text.sending}
        onClick={() => void state.resend(invitation)}
      >
        {text.resend}
      </Button>
      <Button
        size="small"
        kind="plain"
        aria-label={text.withdrawFrom(email)}
        disabled={isWaiting}
        onClick={() => void state.withdraw(invitation)}
      >
        {text.withdraw}
      </Button>
    </li>
  );
}
