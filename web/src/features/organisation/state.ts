/** What the page of people does: list, change, invite. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { type Asking, createAsking } from "@/api/asking";
import { guarded } from "@/api/guarded";
import type {
  Colleague,
  ColleagueFilter,
  ColleagueInvitation,
  ColleagueRole,
} from "@/api/organisation";
import { createPaging, type Page, type Paging } from "@/api/paging";
import { organisationText } from "@/features/organisation/strings";
import { fullName } from "@/lib/person";

export interface PeoplePorts {
  list: (filter: ColleagueFilter, cursor?: string) => Promise<Page<Colleague>>;
  changeRole: (id: string, role: ColleagueRole) => Promise<Colleague>;
  close: (id: string) => Promise<Colleague>;
  reopen: (id: string) => Promise<Colleague>;
  signOut: (id: string) => Promise<void>;
  remove: (id: string) => Promise<void>;
  listInvitations: (cursor?: string) => Promise<Page<ColleagueInvitation>>;
  invite: (invited: {
    email: string;
    role: ColleagueRole;
    language: "id" | "en";
  }) => Promise<ColleagueInvitation>;
  resend: (id: string) => Promise<ColleagueInvitation>;
  withdraw: (id: string) => Promise<void>;
}

/** What is asked about before it is done. */
export type Deed = "stepDown" | "signOut" | "close" | "remove";

export interface PeopleState {
  filter: ReadonlySignal<ColleagueFilter>;
  people: Paging<Colleague>;
  invitations: Paging<ColleagueInvitation>;
  /** The change that is under way, and whose row waits for it. */
  changing: Asking;
  changed: ReadonlySignal<string | undefined>;
  /** What to say, also aloud. */
  news: ReadonlySignal<string>;
  show: (filter: Partial<ColleagueFilter>) => Promise<void>;
  changeRole: (person: Colleague, role: ColleagueRole) => Promise<boolean>;
  reopen: (person: Colleague) => Promise<boolean>;
  carryOut: (deed: Deed, person: Colleague) => Promise<boolean>;
  invite: PeoplePorts["invite"];
  resend: (invitation: ColleagueInvitation) => Promise<boolean>;
  withdraw: (invitation: ColleagueInvitation) => Promise<boolean>;
}

/** State of one visit to the page. */
export function createPeople(ports: PeoplePorts, onRefused: () => void): PeopleState {
  const filter = signal<ColleagueFilter>({ text: "", role: "", standing: "" });
  const news = signal("");
  const changed = signal<string | undefined>();
  const changing = createAsking();
  const list = guarded(ports.list, onRefused);
  const people = createPaging<Colleague>((cursor) => list(filter.peek(), cursor));

  async function show(some: Partial<ColleagueFilter>): Promise<void> {
    filter.value = { ...filter.peek(), ...some };
    people.pages.reset();
    await people.pages.load();
  }

  async function change(id: string, say: string, work: () => Promise<unknown>): Promise<boolean> {
    if (changing.isBusy.peek()) {
      return false;
    }
    changed.value = id;
    news.value = "";
    const isDone = await changing.run(guarded(work, onRefused));
    if (isDone) {
      news.value = say;
    }
    return isDone;
  }

  const put = (person: Colleague) =>
    people.pages.change(({ items, ...rest }) => ({
      ...rest,
      items: items.map((one) => (one.id === person.id ? person : one)),
    }));

  async function changeRole(person: Colleague, role: ColleagueRole): Promise<boolean> {
    const text = organisationText();
    const say = role === "administrator" ? text.isAdministrator : text.isMember;
    // Shown at once: what the server refuses is put back.
    put({ ...person, role });
    const isDone = await change(person.id, say(fullName(person)), async () =>
      put(await ports.changeRole(person.id, role)),
    );
    if (!isDone) {
      put(person);
    }
    return isDone;
  }

  async function carryOut(deed: Deed, person: Colleague): Promise<boolean> {
    const text = organisationText();
    const name = fullName(person);
    switch (deed) {
      case "stepDown":
        return change(person.id, text.isMember(name), async () => {
          put(await ports.changeRole(person.id, "member"));
          onRefused();
        });
      case "signOut":
        return change(person.id, text.signedOut(name), () => ports.signOut(person.id));
      case "close":
        return change(person.id, text.isClosed(name), async () =>
          put(await ports.close(person.id)),
        );
      case "remove":
        return change(person.id, text.isRemoved(name), async () => {
          await ports.remove(person.id);
          people.pages.change((page) => without(page, person.id));
        });
    }
  }

  const reopen = (person: Colleague) =>
    change(person.id, organisationText().isReopened(fullName(person)), async () =>
      put(await ports.reopen(person.id)),
    );

  return {
    filter,
    people,
    changing,
    changed,
    news,
    show,
    changeRole,
    reopen,
    carryOut,
    ...createInvitations(ports, onRefused, change, (said) => {
      news.value = said;
    }),
  };
}

/** What is done with invitations. */
function createInvitations(
  ports: PeoplePorts,
  onRefused: () => void,
  change: (id: string, say: string, work: () => Promise<unknown>) => Promise<boolean>,
  tell: (said: string) => void,
): Pick<PeopleState, "invitations" | "invite" | "resend" | "withdraw"> {
  const invitations = createPaging(guarded(ports.listInvitations, onRefused));

  const keep = (invitation: ColleagueInvitation) => {
    invitations.pages.change((page) => {
      const others = without(page, invitation.id);
      return { ...others, items: [invitation, ...others.items] };
    });
    tell(organisationText().invited(invitation.email));
  };

  const invite: PeoplePorts["invite"] = async (invited) => {
    const invitation = await guarded(ports.invite, onRefused)(invited);
    keep(invitation);
    return invitation;
  };

  const resend = ({ id, email }: ColleagueInvitation) =>
    change(id, organisationText().invited(email), async () => keep(await ports.resend(id)));

  const withdraw = ({ id, email }: ColleagueInvitation) =>
    change(id, organisationText().withdrawn(email), async () => {
      await ports.withdraw(id);
      invitations.pages.change((page) => without(page, id));
    });

  return { invitations, invite, resend, withdraw };
}

function without<T extends { id: string }>(page: Page<T>, id: string): Page<T> {
  return { ...page, items: page.items.filter((one) => one.id !== id) };
}
