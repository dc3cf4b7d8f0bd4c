/** What the page of contacts does: list, find, add, remove. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { type Asking, createAsking, createLoading, type Loading } from "@/api/asking";
import type { Contact, Page, Person, Presence } from "@/api/people";
import { contactsText } from "@/features/contacts/strings";
import { fullName } from "@/lib/person";

export interface ContactsPorts {
  list: (cursor?: string) => Promise<Page<Contact>>;
  add: (id: string) => Promise<Contact>;
  remove: (id: string) => Promise<void>;
  search: (text: string) => Promise<Page<Person>>;
  presence: () => Promise<ReadonlyMap<string, Presence>>;
}

export interface ContactsState {
  contacts: Loading<Page<Contact>>;
  /** People that were found, once somebody searched. */
  found: ReadonlySignal<Person[] | undefined>;
  searching: Asking;
  changing: Asking;
  loadingMore: Asking;
  /** The person whose row is waiting. */
  changed: ReadonlySignal<string | undefined>;
  /** Where contacts are, as far as they may be seen. */
  presence: ReadonlySignal<ReadonlyMap<string, Presence>>;
  /** What to say aloud. */
  news: ReadonlySignal<string>;
  /** Look where contacts are. */
  lookAround: () => Promise<void>;
  search: (text: string) => Promise<void>;
  more: () => Promise<void>;
  add: (person: Person) => Promise<void>;
  remove: (person: Person) => Promise<void>;
}

/** State of one visit to the page. */
export function createContacts(ports: ContactsPorts): ContactsState {
  const contacts = createLoading(() => ports.list());
  const [searching, changing, loadingMore] = [createAsking(), createAsking(), createAsking()];
  const found = signal<Person[] | undefined>();
  const changed = signal<string | undefined>();
  const news = signal("");
  const presence = signal<ReadonlyMap<string, Presence>>(new Map());

  async function lookAround(): Promise<void> {
    // Who is here is worth no error: what was seen last stays.
    presence.value = await ports.presence().catch(() => presence.peek());
  }

  async function search(text: string): Promise<void> {
    await searching.run(async () => {
      found.value = (await ports.search(text.trim())).items;
    });
  }

  async function more(): Promise<void> {
    const state = contacts.state.peek();
    const cursor = state.name === "ready" ? state.value.next_cursor : undefined;
    if (cursor) {
      await loadingMore.run(async () => {
        const next = await ports.list(cursor);
        contacts.change(({ items }) => ({ ...next, items: [...items, ...next.items] }));
      });
    }
  }

  async function change(person: Person, work: () => Promise<void>, say: string): Promise<void> {
    if (changing.isBusy.peek()) {
      return;
    }
    changed.value = person.id;
    if (await changing.run(work)) {
      news.value = say;
    }
  }

  const without = (id: string) => (page: Page<Contact>) => ({
    ...page,
    items: page.items.filter((one) => one.id !== id),
  });
  const add = (person: Person) =>
    change(
      person,
      async () => {
        const contact = await ports.add(person.id);
        contacts.change((page) => {
          const others = without(contact.id)(page);
          return { ...others, items: [contact, ...others.items] };
        });
      },
      contactsText().added(fullName(person)),
    );
  const remove = (person: Person) =>
    change(
      person,
      async () => {
        await ports.remove(person.id);
        contacts.change(without(person.id));
      },
      contactsText().removed(fullName(person)),
    );
  return {
    contacts,
    found,
    searching,
    changing,
    loadingMore,
    changed,
    presence,
    news,
    lookAround,
    search,
    more,
    add,
    remove,
  };
}
