import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import { colleague, invited } from "@/features/organisation/organisation.fake";
import { createPeople, type PeoplePorts } from "@/features/organisation/state";
import { chooseLocale } from "@/i18n/locale";

function people() {
  const onRefused = vi.fn();
  const ports = {
    list: vi.fn(async () => ({ items: [colleague("Ayu"), colleague("Budi")], next_cursor: null })),
    changeRole: vi.fn(async (id: string, role) => colleague(id, { role })),
    close: vi.fn(async (id: string) => colleague(id, { is_closed: true })),
    reopen: vi.fn(async (id: string) => colleague(id)),
    signOut: vi.fn(async () => undefined),
    remove: vi.fn(async () => undefined),
    listInvitations: vi.fn(async () => ({ items: [invited("eko@example.com")] })),
    invite: vi.fn(async ({ email }) => invited(email)),
    resend: vi.fn(async (id: string) => invited(id)),
    withdraw: vi.fn(async () => undefined),
  } satisfies PeoplePorts;
  return { ports, onRefused, state: createPeople(ports, onRefused) };
}

type State = ReturnType<typeof createPeople>;

function shown(list: State["people"] | State["invitations"]) {
  const loaded = list.pages.state.value;
  return loaded.name === "ready" ? loaded.value.items : [];
}

const refused = (code: string) => new ApiError(code, 409, code);

beforeEach(() => chooseLocale("en"));

describe("the people of an organisation", () => {
  it("are asked for by what is sought", async () => {
    const { state, ports } = people();
    await state.show({ text: "ay", standing: "closed" });
    await state.show({ role: "administrator" });
    expect(ports.list).toHaveBeenLastCalledWith(
      { text: "ay", role: "administrator", standing: "closed" },
      undefined,
    );
  });

  it("have a new role at once, and the old one again when it is refused", async () => {
    const { state, ports } = people();
    await state.people.pages.load();
    ports.changeRole.mockRejectedValueOnce(refused("last_administrator"));
    const changing = state.changeRole(colleague("Ayu"), "administrator");
    expect(shown(state.people)[0]).toMatchObject({ role: "administrator" });
    expect(await changing).toBe(false);
    expect(shown(state.people)[0]).toMatchObject({ role: "member" });
    expect(state.changing.error.value).toContain("no administrator left");
    await state.changeRole(colleague("Ayu"), "administrator");
    expect(state.news.value).toBe("Ayu Prakoso is now an administrator");
  });

  it("are closed, opened again and removed, one at a time", async () => {
    const { state } = people();
    await state.people.pages.load();
    const [ayu, budi] = [colleague("Ayu"), colleague("Budi")];
    const [first, second] = await Promise.all([
      state.carryOut("close", ayu),
      state.carryOut("remove", budi),
    ]);
    expect([first, second]).toEqual([true, false]);
    expect(shown(state.people)[0]).toMatchObject({ is_closed: true });
    await state.reopen(ayu);
    expect(shown(state.people)[0]).toMatchObject({ is_closed: false });
    await state.carryOut("remove", budi);
    expect(shown(state.people)).toHaveLength(1);
  });

  it("say so when whoever looks is an administrator no longer", async () => {
    const { state, ports, onRefused } = people();
    ports.list.mockRejectedValueOnce(refused("administrator_needed"));
    await state.people.pages.load();
    expect(onRefused).toHaveBeenCalledTimes(1);
    ports.signOut.mockRejectedValueOnce(refused("user_not_found"));
    await state.carryOut("signOut", colleague("Ayu"));
    expect(onRefused).toHaveBeenCalledTimes(1);
    await state.carryOut("stepDown", colleague("Ayu", { role: "administrator" }));
    expect(onRefused).toHaveBeenCalledTimes(2);
  });
});

describe("invitations", () => {
  it("stand once in the list, however often they are sent", async () => {
    const { state } = people();
    await state.invitations.pages.load();
    await state.invite({ email: "gita@example.com", role: "member", language: "id" });
    await state.resend(invited("gita@example.com"));
    expect(shown(state.invitations)).toHaveLength(2);
    expect(state.news.value).toBe("An invitation was sent to gita@example.com");
    await state.withdraw(invited("gita@example.com"));
    expect(shown(state.invitations)).toHaveLength(1);
  });
});
