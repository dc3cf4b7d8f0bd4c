import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { FakeModeration } from "@/api/moderation.fake";
import { locale } from "@/i18n/locale";
import { FakeTimers } from "@/lib/timers.fake";
import type { ParticipantView, Role } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import { Lobby } from "./lobby";
import { PeoplePanel } from "./PeoplePanel";

const person = (name: string, more: Partial<ParticipantView> = {}) =>
  fakeParticipant(`id-${name}`, { name, ...more });

describe("PeoplePanel", () => {
  let moderation: FakeModeration;
  let lobby: Lobby;
  let participants: ReturnType<typeof signal<ParticipantView[]>>;

  const show = (ownRole: Role, ...others: ParticipantView[]) => {
    participants.value = [person("Ratna", { isSelf: true, role: ownRole }), ...others];
    render(
      <PeoplePanel
        participants={participants as never}
        lobby={lobby}
        moderation={moderation}
        onInvite={async () => false}
        onSettings={() => moderation.asked.push("settings opened")}
        onRename={(name) => moderation.rename("id-Ratna", name)}
        viewing={{
          pinned: signal(undefined),
          onPin: ({ name }) => moderation.asked.push(`pin ${name}`),
          onVolume: ({ name }) => moderation.asked.push(`volume ${name}`),
          hidden: signal(new Set<string>()),
          mayHide: () => true,
          onHide: ({ name }) => moderation.asked.push(`hide ${name}`),
        }}
      />,
    );
  };
  const row = (name: string) => screen.getByRole("menuitem", { name, hidden: true });
  const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

  beforeEach(() => {
    locale.value = "en";
    moderation = new FakeModeration();
    lobby = new Lobby(moderation, new FakeTimers());
    participants = signal([]);
  });

  afterEach(cleanup);

  it("shows everyone with role and devices", () => {
    show("host", person("Bagas", { isMicrophoneOn: true, role: "moderator" }));
    const [ratna, bagas] = screen.getAllByRole("listitem");
    expect(ratna?.textContent).toContain("(you)");
    expect(ratna?.textContent).toContain("Host");
    expect(bagas?.textContent).toContain("Co-host");
    expect(within(bagas as HTMLElement).getByLabelText("microphone on")).toBeTruthy();
  });

  it("tells guests and bots from people with an account", () => {
    const some = [person("Bagas"), person("Ani", { role: "participant" })];
    show("host", ...some, person("Notes", { isAgent: true }));
    const badges = ["Bagas", "Ani", "Notes"].map((name) => {
      const row = screen.getByText(name).closest("li");
      return row?.querySelector(".person-role")?.textContent;
    });
    expect(badges).toEqual(["Guest", undefined, "Bot"]);
  });

  it("offers guests nothing that the server would refuse", () => {
    show("guest", person("Bagas", { hand: 1 }));
    const rows = screen.getAllByRole("menuitem", { hidden: true });
    expect(rows.map((one) => one.textContent)).toEqual([
      "Change name",
      "Pin",
      "Adjust volume",
      "Hide from me",
    ]);
    expect(screen.queryByRole("button", { name: /Mute|Lower/u })).toBeNull();
  });

  it("pins for everyone, also who ranks higher, and lets go", () => {
    show("moderator", person("Bagas", { role: "host" }));
    fireEvent.click(row("Pin for everyone"));
    expect(moderation.asked).toEqual(["pin id-Bagas"]);
    cleanup();
    show("moderator", person("Bagas", { isPinnedForAll: true }));
    fireEvent.click(row("Unpin for everyone"));
    expect(moderation.asked).toEqual(["pin id-Bagas", "unpin id-Bagas"]);
  });

  it("pins and adjusts for oneself", () => {
    show("guest", person("Bagas"));
    fireEvent.click(row("Pin"));
    fireEvent.click(row("Adjust volume"));
    fireEvent.click(row("Hide from me"));
    expect(moderation.asked).toEqual(["pin Bagas", "volume Bagas", "hide Bagas"]);
  });

  it("changes one's own name", async () => {
    show("guest", person("Bagas"));
    fireEvent.click(row("Change name"));
    const dialog = await screen.findByRole("dialog", { name: "Change name" });
    fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(moderation.asked).toEqual(["rename id-Ratna Ratna"]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("offers no other name where the room does not let one", async () => {
    show("guest");
    const rights = { ...person("Ratna").rights, rename: false };
    participants.value = [person("Ratna", { isSelf: true, rights })];
    await waitFor(() => expect(screen.queryByRole("button", { name: /Menu for/u })).toBeNull());
  });

  it("offers of whom no place is kept only what the server does with them", () => {
    show("host", person("Notes", { isAgent: true, hasPlace: false, isMicrophoneOn: true }));
    const rows = screen.getAllByRole("menuitem", { hidden: true });
    const words = rows.map((one) => one.textContent).join(", ");
    expect(words).toBe("Change name, Pin, Adjust volume, Hide from me, Mute, Remove");
  });

  it("searches names once there are many, and says when none matches", () => {
    show("guest", person("Bagas"), person("Citra"));
    expect(screen.queryByLabelText("Search names")).toBeNull();
    cleanup();
    show(
      "guest",
      ...["Bagas", "Citra", "Dwi", "Eko", "Fitri", "Gilang"].map((name) => person(name)),
    );
    const field = screen.getByLabelText("Search names");
    fireEvent.input(field, { target: { value: "  CITR" } });
    expect(screen.getAllByRole("listitem")).toHaveLength(1);
    fireEvent.input(field, { target: { value: "zz" } });
    expect(screen.getByText("No name matches.")).toBeTruthy();
  });

  it("offers moderators what is theirs with people below them, and nothing with hosts", () => {
    show("moderator", person("Bagas", { role: "host" }), person("Ani", { isMicrophoneOn: true }));
    const rows = screen.getAllByRole("menuitem", { hidden: true });
    expect(rows.map((one) => one.textContent)).toEqual([
      "Change name",
      "Pin",
      "Adjust volume",
      "Hide from me",
      "Pin for everyone",
      "Pin",
      "Adjust volume",
      "Hide from me",
      "Pin for everyone",
      "Mute",
      "Remove",
      "Ban",
    ]);
  });

  it("lets a host give roles", async () => {
    show("host", person("Bagas"));
    fireEvent.click(row("Make co-host"));
    await waitFor(() => expect(moderation.asked).toEqual(["change id-Bagas moderator"]));
    expect(screen.queryByRole("menuitem", { name: "Mute", hidden: true })).toBeNull();
  });

  it.each([
    ["a guest", person("Bagas", { isMicrophoneOn: true }), false],
    ["nobody", person("Bagas", { isMicrophoneOn: false }), true],
    ["only the host", person("Bagas", { role: "host", isMicrophoneOn: true }), true],
  ])("mutes all for a co-host only while somebody below is heard: %s", (_, bagas, isDisabled) => {
    show("moderator", bagas);
    const muteAll = screen.getByRole<HTMLButtonElement>("button", { name: "Mute all" });
    expect(muteAll.disabled).toBe(isDisabled);
  });

  it("says why something was refused", async () => {
    moderation.refusal = new ApiError("rank_too_low", 403, "no");
    show("host", person("Bagas", { isMicrophoneOn: true }));
    press("Mute all");
    expect(await screen.findByRole("alert")).toHaveProperty(
      "textContent",
      "That person’s role is not below yours.",
    );
  });

  it.each([
    ["Remove", "remove id-Bagas"],
    ["Ban", "ban id-Bagas"],
    ["Hand over the room", "hand over id-Bagas"],
  ])("asks before: %s", async (name, asked) => {
    show("host", person("Bagas"));
    fireEvent.click(row(name));
    const dialog = await screen.findByRole("dialog");
    expect(moderation.asked).toEqual([]);
    fireEvent.click(within(dialog).getByRole("button", { name }));
    await waitFor(() => expect(moderation.asked).toEqual([asked]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("keeps the question open when the server refused", async () => {
    moderation.refusal = new ApiError("unreachable", 0, "away");
    show("host", person("Bagas"));
    fireEvent.click(row("Remove"));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "Remove" }));
    expect(await within(dialog).findByRole("alert")).toBeTruthy();
  });

  it("closes the question when the person has left by then", async () => {
    show("host", person("Bagas"));
    fireEvent.click(row("Remove"));
    await screen.findByRole("dialog");
    participants.value = [person("Ratna", { isSelf: true, role: "host" })];
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("lists raised hands in their order and lowers them", async () => {
    show("host", person("Bagas", { hand: 2 }), person("Ani", { hand: 1 }));
    const hands = screen.getByRole("region", { name: "Raised hands" });
    const [first, second] = within(hands).getAllByRole("listitem");
    expect(first?.textContent).toContain("Ani");
    expect(second?.textContent).toContain("Bagas");
    press("Lower all");
    await waitFor(() => expect(moderation.asked).toEqual(["lower id-Ani", "lower id-Bagas"]));
  });

  it("lets in who waits, one or all", async () => {
    const at = "2026-11-21T09:00:00Z";
    moderation.waiting = ["Gilang Permana", "Fitriani"].map((name) => ({
      identity: name,
      name,
      at,
    }));
    lobby.watch(true);
    show("host");
    await screen.findByText("Waiting outside · 2");
    press("Admit Gilang");
    press("Decline Fitriani");
    press("Admit all");
    await waitFor(() =>
      expect(moderation.asked.filter((asked) => asked !== "list")).toEqual([
        "admit Gilang Permana",
        "deny Fitriani",
        "admit all",
      ]),
    );
  });
});
