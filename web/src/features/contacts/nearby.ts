/** The few contacts that the start page shows: those who are here come first. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { createLoading, type Loading } from "@/api/asking";
import { type Contact, listContacts, listPresence, type Page, type Presence } from "@/api/people";

const SHOWN = 5;
const ORDER: readonly (Presence | undefined)[] = ["online", "in_meeting", "offline", undefined];

export interface Nearby {
  contacts: Loading<Page<Contact>>;
  presence: ReadonlySignal<ReadonlyMap<string, Presence>>;
  lookAround: () => Promise<void>;
}

/** State of one visit. */
export function createNearby(): Nearby {
  const contacts = createLoading(() => listContacts());
  const presence = signal<ReadonlyMap<string, Presence>>(new Map());
  async function lookAround(): Promise<void> {
    // Who is here is worth no error: what was seen last stays.
    presence.value = await listPresence().catch(() => presence.peek());
  }
  return { contacts, presence, lookAround };
}

/** The first few, who is here before who is not, else in the order of the list. */
export function nearest(
  contacts: readonly Contact[],
  presence: ReadonlyMap<string, Presence>,
): Contact[] {
  const rank = ({ id }: Contact) => ORDER.indexOf(presence.get(id));
  return contacts.toSorted((one, other) => rank(one) - rank(other)).slice(0, SHOWN);
}
