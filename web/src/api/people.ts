/** Other people of the organisation, and the contacts among them. */

import { effect } from "@preact/signals";
import { accountStanding, ask, askFile } from "@/api/account-session";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type Person = Schemas["PersonRead"];
export type Presence = Schemas["PresenceRead"]["state"];
export type Contact = Schemas["ContactRead"];

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

/** One page of contacts, by name. */
export function listContacts(cursor?: string): Promise<Page<Contact>> {
  const query = cursor === undefined ? "" : `?${new URLSearchParams({ cursor })}`;
  return ask({ method: "GET", path: `/api/v1/users/contacts${query}` });
}

/** Which contacts are here, for those who may be seen; the others are left out. */
export async function listPresence(): Promise<ReadonlyMap<string, Presence>> {
  const path = "/api/v1/users/presence";
  const { items } = await ask<Schemas["PresenceList"]>({ method: "GET", path });
  return new Map(items.map(({ user_id, state }) => [user_id, state]));
}

/** Note somebody as a contact. */
export function addContact(id: string): Promise<Contact> {
  return ask({ method: "POST", path: "/api/v1/users/contacts", body: { user_id: id } });
}

/** Forget a contact. */
export function removeContact(id: string): Promise<void> {
  return ask({ method: "DELETE", path: `/api/v1/users/contacts/${encodeURIComponent(id)}` });
}

/** Find people by the beginning of a name, or their whole address. */
export function searchPeople(text: string): Promise<Page<Person>> {
  return ask({ method: "GET", path: `/api/v1/users/search?${new URLSearchParams({ q: text })}` });
}

const pictures = new Map<string, Promise<string>>();

/** Address of a picture for an image element; each is fetched once, since its path changes with it. */
export function pictureOf(path: string): Promise<string> {
  const known = pictures.get(path);
  if (known !== undefined) {
    return known;
  }
  const fetched = askFile({ method: "GET", path }).then((file) => URL.createObjectURL(file));
  pictures.set(path, fetched);
  fetched.catch(() => pictures.delete(path));
  return fetched;
}

// The next person at this browser must not find the pictures of the one before.
effect(() => {
  if (accountStanding.value.name === "out") {
    for (const picture of pictures.values()) {
      picture.then(URL.revokeObjectURL, () => undefined);
    }
    pictures.clear();
  }
});
