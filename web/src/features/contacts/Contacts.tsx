/** The page of contacts: those one has, and a way to find more. */

import "@/features/contacts/contacts.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { errorAt, errorBeside } from "@/api/asking";
import {
  addContact,
  listContacts,
  listPresence,
  type Person,
  removeContact,
  searchPeople,
} from "@/api/people";
import { useLookingAround } from "@/features/contacts/looking-around";
import { PersonRow } from "@/features/contacts/PersonRow";
import { type ContactsState, createContacts } from "@/features/contacts/state";
import { contactsText } from "@/features/contacts/strings";
import { fullName } from "@/lib/person";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { Mark } from "@/ui/Mark";
import { usePage } from "@/ui/page";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

/** The page; nobody can add themselves. */
export function Contacts({ ownId }: { ownId: string }) {
  const text = contactsText();
  const heading = usePage(text.title);
  const state = useMemo(
    () =>
      createContacts({
        list: listContacts,
        add: addContact,
        remove: removeContact,
        search: searchPeople,
        presence: listPresence,
      }),
    [],
  );
  useEffect(() => void state.contacts.load(), []);
  useLookingAround(state.lookAround);
  const error = state.changing.error.value;
  return (
    <>
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {text.title}
      </h1>
      <p class="sr-only" role="status">
        {state.news.value}
      </p>
      {error !== undefined && <FieldNote id="contacts-error" text={error} isError />}
      <div class="contacts">
        <Search state={state} ownId={ownId} />
        <Own state={state} />
      </div>
    </>
  );
}

function Search({ state, ownId }: { state: ContactsState; ownId: string }) {
  const text = contactsText();
  const [input, setInput] = useState("");
  const { searching, found } = state;
  const beside = errorBeside(searching, "q");
  return (
    <section class="card contacts-card">
      <search>
        <form
          class="contacts-find"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void state.search(input);
          }}
        >
          <Field
            label={text.find}
            hint={text.findHint}
            type="search"
            autoComplete="off"
            value={input}
            onValue={setInput}
            maxLength={200}
            error={errorAt(searching, "q")}
          />
          <Button kind="soft" type="submit" busy={searching.isBusy.value && text.searching}>
            {text.search}
          </Button>
        </form>
      </search>
      {beside !== undefined && <FieldNote id="search-error" text={beside} isError />}
      <div role="status">
        {found.value?.length === 0 && <p class="contacts-none">{text.nobody}</p>}
      </div>
      {found.value !== undefined && found.value.length > 0 && (
        <ul class="contacts-list" aria-label={text.found}>
          {found.value.map((person) => (
            <PersonRow key={person.id} person={person}>
              <Offer state={state} person={person} isSelf={person.id === ownId} />
            </PersonRow>
          ))}
        </ul>
      )}
    </section>
  );
}

interface OfferProps {
  state: ContactsState;
  person: Person;
  isSelf: boolean;
}

function Offer({ state, person, isSelf }: OfferProps) {
  const text = contactsText();
  const own = state.contacts.state.value;
  const isContact = own.name === "ready" && own.value.items.some(({ id }) => id === person.id);
  if (isSelf || isContact) {
    return <span class="contacts-known">{isSelf ? text.isSelf : text.isContact}</span>;
  }
  const isWaiting = state.changing.isBusy.value && state.changed.value === person.id;
  return (
    <Button
      kind="soft"
      size="small"
      aria-label={text.add(fullName(person))}
      busy={isWaiting && text.adding}
      onClick={() => void state.add(person)}
    >
      {text.addShort}
    </Button>
  );
}

function Own({ state }: { state: ContactsState }) {
  const text = contactsText();
  return (
    <section class="card contacts-card" aria-labelledby="own-contacts">
      <h2 id="own-contacts" class="section-title">
        {text.mine}
      </h2>
      <OwnList state={state} />
    </section>
  );
}

function OwnList({ state }: { state: ContactsState }) {
  const text = contactsText();
  const loaded = state.contacts.state.value;
  if (loaded.name === "loading") {
    return <SkeletonRows />;
  }
  if (loaded.name === "failed") {
    return <Trouble text={loaded.error} onRetry={() => void state.contacts.load()} />;
  }
  const { items } = loaded.value;
  if (items.length === 0) {
    return (
      <div class="contacts-empty">
        <Mark size={64} />
        <h3>{text.empty}</h3>
        <p>{text.emptyLine}</p>
      </div>
    );
  }
  const isBusy = state.changing.isBusy.value;
  return (
    <>
      <ul class="contacts-list">
        {items.map((person) => (
          <PersonRow key={person.id} person={person} presence={state.presence.value.get(person.id)}>
            <Button
              kind="plain"
              size="small"
              aria-label={text.remove(fullName(person))}
              busy={isBusy && state.changed.value === person.id && text.removing}
              onClick={() => void state.remove(person)}
            >
              {text.removeShort}
            </Button>
          </PersonRow>
        ))}
      </ul>
      <More id="more-error" label={text.more} list={{ ...state, pages: state.contacts }} />
    </>
  );
}
