import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { Contact, Page, Person, Presence } from "@/api/people";
import { type ContactsPorts, createContacts } from "@/features/contacts/state";
import { chooseLocale } from "@/i18n/locale";

function person(id: string): Person {
  return { id, first_name: id, last_name: "Prakoso", avatar: null };
}

const contact = (id: string): Contact => ({ ...person(id), created_at: "2026-11-21T09:00:00Z" });

function contacts() {
  const first: Page<Contact> = { items: [contact("Ayu")], next_cursor: "next" };
  const second: Page<Contact> = { items: [contact("Siti")], next_cursor: null };
  const ports = {
    list: vi.fn(async (cursor?: string) => (cursor === undefined ? first : second)),
    add: vi.fn(async (id: string) => contact(id)),
    remove: vi.fn(async () => undefined),
    search: vi.fn(async (_text: string) => ({ items: [person("Bagas")] })),
    presence: vi.fn(async (): Promise<ReadonlyMap<string, Presence>> => new Map()),
  } satisfies ContactsPorts;
  return { ports, state: createContacts(ports) };
}

type State = ReturnType<typeof createContacts>;

function names(state: State): string[] {
  const loaded = state.contacts.state.value;
  return loaded.name === "ready" ? loaded.value.items.map(({ id }) => id) : [];
}

beforeEach(() => chooseLocale("en"));

describe("contacts", () => {
  it("are seen where they are, as last known while the server is away", async () => {
    const { state, ports } = contacts();
    ports.presence.mockResolvedValueOnce(new Map([["Ayu", "in_meeting"]]));
    await state.lookAround();
    ports.presence.mockRejectedValueOnce(new ApiError("unreachable", 0, "away"));
    await state.lookAround();
    expect(state.presence.value.get("Ayu")).toBe("in_meeting");
  });

  it("come page by page", async () => {
    const { state, ports } = contacts();
    await state.contacts.load();
    await state.more();
    expect(names(state)).toEqual(["Ayu", "Siti"]);
    await state.more();
    expect(ports.list).toHaveBeenCalledTimes(2);
  });

  it("gain who is added, once, and say so", async () => {
    const { state } = contacts();
    await state.contacts.load();
    await state.add(person("Bagas"));
    await state.add(person("Bagas"));
    expect(names(state)).toEqual(["Bagas", "Ayu"]);
    expect(state.news.value).toBe("Bagas Prakoso is now your contact");
  });

  it("lose who is removed", async () => {
    const { state } = contacts();
    await state.contacts.load();
    await state.remove(person("Ayu"));
    expect(names(state)).toEqual([]);
  });

  it("stay as they are when the server refuses, and say why", async () => {
    const { state, ports } = contacts();
    ports.remove.mockRejectedValueOnce(new ApiError("contact_not_found", 404, ""));
    await state.contacts.load();
    await state.remove(person("Ayu"));
    expect(names(state)).toEqual(["Ayu"]);
    expect(state.changing.error.value).toBe("This person is no longer among your contacts.");
    expect(state.news.value).toBe("");
  });

  it("change one at a time", async () => {
    const { state, ports } = contacts();
    await state.contacts.load();
    await Promise.all([state.add(person("Bagas")), state.add(person("Dewi"))]);
    expect(ports.add.mock.calls).toEqual([["Bagas"]]);
    expect(state.changed.value).toBe("Bagas");
  });
});

describe("search", () => {
  it("finds people by what was typed, without the space around it", async () => {
    const { state, ports } = contacts();
    expect(state.found.value).toBeUndefined();
    await state.search("  baga ");
    expect(ports.search).toHaveBeenCalledWith("baga");
    expect(state.found.value?.map(({ id }) => id)).toEqual(["Bagas"]);
  });

  it("keeps what was found when the next search fails", async () => {
    const { state, ports } = contacts();
    await state.search("baga");
    ports.search.mockRejectedValueOnce(new ApiError("too_many_requests", 429, ""));
    await state.search("baga");
    expect(state.found.value).toHaveLength(1);
    expect(state.searching.error.value).toBe("Too many attempts. Try again in a moment.");
  });
});
