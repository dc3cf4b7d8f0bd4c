/** Whom one may mean while one types: contacts, groups, and people of the organisation. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Group } from "@/api/inviting";
import type { Person } from "@/api/people";
import type { Named } from "@/features/schedule/draft";
import { fullName } from "@/lib/person";
import type { Timers } from "@/lib/timers";

export interface Suggestion {
  key: string;
  name: string;
  /** Everybody who is invited by choosing it: of a group, all of it. */
  named: readonly Named[];
  isGroup: boolean;
}

export interface SuggestionPorts {
  listContacts: () => Promise<readonly Person[]>;
  listGroups: () => Promise<readonly Group[]>;
  search: (words: string) => Promise<readonly Person[]>;
  timers: Timers;
}

export interface Suggestions {
  found: ReadonlySignal<readonly Suggestion[]>;
  /** What was typed by now. */
  type: (words: string) => void;
}

const TYPING_MS = 250;
const MOST_SHOWN = 8;
const FEWEST_LETTERS = 2;

/** State of one field. */
export function createSuggestions(ports: SuggestionPorts): Suggestions {
  const found = signal<readonly Suggestion[]>([]);
  let own: Promise<readonly Suggestion[]> | undefined;
  let latest = "";
  let forget = () => {};

  function type(words: string): void {
    latest = words.trim().toLowerCase();
    forget();
    if (latest.length < FEWEST_LETTERS) {
      found.value = [];
      return;
    }
    const asked = latest;
    const show = (shown: readonly Suggestion[]) => {
      if (asked === latest) {
        found.value = unique(shown).slice(0, MOST_SHOWN);
      }
    };
    own ??= ownSuggestions(ports);
    const known = own.then((all) => all.filter(({ name }) => isMeant(name, asked)));
    void known.then(show);
    forget = ports.timers.after(TYPING_MS, () => {
      // Who cannot be found by name can be invited by address.
      const others = ports.search(asked).catch(() => []);
      void Promise.all([known, others]).then(([mine, more]) =>
        show([...mine, ...more.map(personSuggestion)]),
      );
    });
  }
  return { found, type };
}

async function ownSuggestions(ports: SuggestionPorts): Promise<readonly Suggestion[]> {
  const [groups, contacts] = await Promise.all([
    ports.listGroups().catch(() => []),
    ports.listContacts().catch(() => []),
  ]);
  const filled = groups.filter(({ members }) => members.length > 0);
  return [...filled.map(groupSuggestion), ...contacts.map(personSuggestion)];
}

function personSuggestion(person: Person): Suggestion {
  const named = { key: person.id, userId: person.id, name: fullName(person), isCohost: false };
  return { key: person.id, name: named.name, named: [named], isGroup: false };
}

function groupSuggestion({ id, name, members }: Group): Suggestion {
  const named = members.map((one) => ({
    key: one.email,
    email: one.email,
    name: one.name,
    isCohost: false,
  }));
  return { key: id, name, named, isGroup: true };
}

/** Whether a name, or one of its words, begins like that. */
function isMeant(name: string, words: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith(words) || lower.includes(` ${words}`);
}

function unique(all: readonly Suggestion[]): Suggestion[] {
  return [...new Map(all.map((one) => [one.key, one])).values()];
}
