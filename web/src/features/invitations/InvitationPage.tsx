/** The page that the link of an invitation opens: what is planned, and whether one comes. */

import "@/features/invitations/invitations.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking, createLoading, type Loading } from "@/api/asking";
import {
  type Answer,
  answerInvitation,
  type InvitationSeen,
  lookAtInvitation,
} from "@/api/invitations";
import { invitationText } from "@/features/invitations/strings";
import { ownTime, plannedTime, repetition } from "@/features/invitations/when";
import { formatSpan } from "@/i18n/format";
import { useLinkToken } from "@/lib/link-token";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { FieldNote } from "@/ui/Field";
import { Message } from "@/ui/Message";
import { PageHeader } from "@/ui/PageHeader";
import { usePage } from "@/ui/page";
import { uiText } from "@/ui/strings";

const ANSWERS: readonly Answer[] = ["accepted", "tentative", "declined"];

/** The page. */
export function InvitationPage() {
  const token = useLinkToken();
  const text = invitationText();
  if (token === undefined) {
    return <Unopened line={text.incomplete} />;
  }
  return <Letter key={token} token={token} />;
}

function Letter({ token }: { token: string }) {
  const text = invitationText();
  const loading = useMemo(() => createLoading(() => lookAtInvitation(token)), [token]);
  useEffect(() => void loading.load(), [loading]);
  const state = loading.state.value;
  if (state.name === "loading") {
    return <Message key="wait" title={text.looking} mark="walking" />;
  }
  if (state.name === "failed") {
    return <Unopened line={state.error} onRetry={() => void loading.load()} />;
  }
  if (state.value.status !== "planned") {
    return (
      <Message key="off" title={text.cancelled} mark="away" actions={<ToStart />}>
        {text.cancelledLine(state.value.title)}
      </Message>
    );
  }
  return <Invitation token={token} seen={state.value} loading={loading} />;
}

interface InvitationProps {
  token: string;
  seen: InvitationSeen;
  loading: Loading<InvitationSeen>;
}

function Invitation({ token, seen, loading }: InvitationProps) {
  const text = invitationText();
  const heading = usePage(seen.title);
  return (
    <div class="invitation">
      <PageHeader />
      <main class="invitation-main">
        <p class="invitation-kind">{text.invited}</p>
        <h1 ref={heading} tabIndex={-1} class="page-title">
          {seen.title}
        </h1>
        <Facts seen={seen} />
        <Answers token={token} seen={seen} loading={loading} />
        <a class="link" href={seen.url}>
          {text.toMeeting}
        </a>
      </main>
    </div>
  );
}

function Facts({ seen }: { seen: InvitationSeen }) {
  const text = invitationText();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const facts = [
    [text.when, plannedTime(seen)],
    [text.own, ownTime(seen, timeZone)],
    [text.repeats, repetition(seen)],
    [text.organiser, seen.organiser],
    [text.agenda, seen.agenda],
  ] as const;
  return (
    <dl class="invitation-facts">
      {facts.map(
        ([name, fact]) =>
          fact !== undefined &&
          fact !== "" && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Answers({ token, seen, loading }: InvitationProps) {
  const text = invitationText();
  const asking = useMemo(createAsking, []);
  const [at, setAt] = useState("");
  const give = (answer: Answer) =>
    asking.run(async () => {
      const said = await answerInvitation(token, answer, at === "" ? undefined : at);
      loading.change(() => said);
    });
  const one = seen.occurrences.find(({ recurrence }) => recurrence === at);
  const given = ANSWERS.find((answer) => answer === (one ?? seen).answer);
  return (
    <section class="card invitation-answers" aria-labelledby="invitation-question">
      <h2 id="invitation-question" class="section-title">
        {text.question}
      </h2>
      {seen.rule !== "" && seen.occurrences.length > 0 && (
        <Choice
          label={text.forWhich}
          value={one === undefined ? "" : at}
          options={[["", text.allTimes], ...seen.occurrences.map(choiceOf)]}
          onValue={setAt}
        />
      )}
      <div class="invitation-choices">
        {ANSWERS.map((answer) => (
          <Button
            key={answer}
            kind={answer === given ? "primary" : "secondary"}
            size="large"
            aria-pressed={answer === given}
            disabled={asking.isBusy.value}
            onClick={() => void give(answer)}
          >
            {text.answers[answer]}
          </Button>
        ))}
      </div>
      {asking.error.value === undefined ? (
        <p class="invitation-said" role="status">
          {given === undefined ? text.later : text.answered[given]}
        </p>
      ) : (
        <FieldNote id="answer-error" text={asking.error.value} isError />
      )}
    </section>
  );
}

/** A time as its clocks show it; the zone stands above. */
function choiceOf({ recurrence, start, end }: InvitationSeen["occurrences"][number]) {
  return [recurrence, formatSpan(new Date(`${start}Z`), new Date(`${end}Z`), "UTC")] as const;
}

function Unopened({ line, onRetry }: { line: string; onRetry?: () => void }) {
  const retry = onRetry && (
    <Button kind="secondary" size="large" onClick={onRetry}>
      {uiText().retry}
    </Button>
  );
  return (
    <Message
      key="failed"
      title={invitationText().notFound}
      mark="away"
      actions={
        <>
          {retry}
          <ToStart />
        </>
      }
    >
      {line}
    </Message>
  );
}

function ToStart() {
  return (
    <a class="button button-primary button-large" href="/">
      {invitationText().toStart}
    </a>
  );
}
