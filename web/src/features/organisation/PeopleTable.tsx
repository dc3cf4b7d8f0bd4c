/** People with an account: found by name and filters; a table, and cards on a phone. */

import { useState } from "preact/hooks";
import type { Colleague } from "@/api/organisation";
import { usePicture } from "@/api/use-picture";
import { DeedDialog } from "@/features/organisation/DeedDialog";
import { PersonMenu } from "@/features/organisation/PersonMenu";
import type { Deed, PeopleState } from "@/features/organisation/state";
import { organisationText } from "@/features/organisation/strings";
import { formatMoment } from "@/i18n/format";
import { fullName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { Field } from "@/ui/Field";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

interface PeopleTableProps {
  state: PeopleState;
  ownId: string;
}

interface Question {
  deed: Deed;
  person: Colleague;
}

/** The card. */
export function PeopleTable({ state, ownId }: PeopleTableProps) {
  const text = organisationText();
  const [question, setQuestion] = useState<Question>();
  const { pages } = state.people;
  const ask = (deed: Deed, person: Colleague) => {
    // What went wrong before says nothing about this.
    state.changing.clear();
    setQuestion({ deed, person });
  };
  const loaded = pages.state.value;
  return (
    <section class="card organisation-card" aria-labelledby="colleagues">
      <h2 id="colleagues" class="section-title">
        {text.people}
      </h2>
      <Filters state={state} />
      {loaded.name === "loading" && <SkeletonRows count={5} />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void pages.load()} />
      )}
      <div role="status">
        {loaded.name === "ready" && loaded.value.items.length === 0 && (
          <p class="organisation-none">{text.nobody}</p>
        )}
      </div>
      {loaded.name === "ready" && loaded.value.items.length > 0 && (
        <table class="organisation-table" aria-labelledby="colleagues">
          <thead>
            <tr>
              {[text.person, text.role, text.lastLogin, ""].map((name) => (
                <th key={name} scope="col">
                  {name === "" ? <span class="sr-only">{text.menu}</span> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {loaded.value.items.map((person) => (
              <Row
                key={person.id}
                state={state}
                person={person}
                isSelf={person.id === ownId}
                onAsk={(deed) => ask(deed, person)}
              />
            ))}
          </tbody>
        </table>
      )}
      <More id="colleagues-error" label={text.more} list={state.people} />
      {question !== undefined && (
        <DeedDialog state={state} {...question} onClose={() => setQuestion(undefined)} />
      )}
    </section>
  );
}

function Filters({ state }: { state: PeopleState }) {
  const text = organisationText();
  const { role, standing } = state.filter.value;
  const [input, setInput] = useState("");
  return (
    <search>
      <form
        class="organisation-filters"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void state.show({ text: input });
        }}
      >
        <Field
          label={text.find}
          type="search"
          autoComplete="off"
          maxLength={200}
          value={input}
          onValue={setInput}
        />
        <Choice
          label={text.role}
          value={role}
          options={[
            ["", text.everyRole],
            ["member", text.roles.member],
            ["administrator", text.roles.administrator],
          ]}
          onValue={(value) => void state.show({ role: value as typeof role })}
        />
        <Choice
          label={text.standing}
          value={standing}
          options={[
            ["", text.everyStanding],
            ["open", text.standings.open],
            ["closed", text.standings.closed],
          ]}
          onValue={(value) => void state.show({ standing: value as typeof standing })}
        />
        <Button kind="soft" type="submit">
          {text.search}
        </Button>
      </form>
    </search>
  );
}

interface RowProps {
  state: PeopleState;
  person: Colleague;
  isSelf: boolean;
  onAsk: (deed: Deed) => void;
}

function Row({ state, person, isSelf, onAsk }: RowProps) {
  const text = organisationText();
  const name = fullName(person);
  const last = person.last_login;
  return (
    <tr data-closed={person.is_closed}>
      <td>
        <span class="organisation-person">
          <Avatar name={name} identity={person.id} picture={usePicture(person.avatar)} />
          <span class="organisation-words">
            <strong dir="auto">
              {name}
              {isSelf && <span class="organisation-mark">{text.you}</span>}
              {person.is_closed && (
                <span class="organisation-mark organisation-mark-closed">{text.closed}</span>
              )}
            </strong>
            <span>{person.email}</span>
          </span>
        </span>
      </td>
      <td>{text.roles[person.role]}</td>
      <td>
        <span class="organisation-label">{text.lastLogin} </span>
        {last === null ? text.never : formatMoment(new Date(last))}
      </td>
      <td class="organisation-last">
        <PersonMenu state={state} person={person} isSelf={isSelf} onAsk={onAsk} />
      </td>
    </tr>
  );
}
