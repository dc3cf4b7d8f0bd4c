import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import { ChatPanel } from "./ChatPanel";
import { AWAY, type FakeStore, FakeTyping, type FakeWire, fakeChat, fakeStored } from "./chat.fake";
import { SearchButton } from "./SearchButton";
import type { Chat } from "./state";
import { Typing } from "./typing";

describe("ChatPanel", () => {
  let wire: FakeWire;
  let store: FakeStore;
  let chat: Chat;
  const rights = signal({ mayWrite: true, moderates: false });

  const nameOf = (identity: string) => (identity === "gone" ? undefined : identity);
  let writing: FakeTyping;
  let typing: Typing;
  let whoMaySendFiles: "everybody" | "moderators" | "nobody";

  beforeEach(async () => {
    whoMaySendFiles = "everybody";
    rights.value = { mayWrite: true, moderates: false };
    ({ wire, store, chat } = fakeChat());
    await chat.catchUp();
    const readRules = async () => ({ keptDays: 30, whoMaySendFiles });
    writing = new FakeTyping();
    typing = new Typing(writing, new FakeTimers());
    render(<ChatPanel {...{ chat, rights, readRules, typing, nameOf }} />);
  });

  afterEach(cleanup);

  const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Write a message" });
  const type = (value: string) => fireEvent.input(field(), { target: { value } });
  const from = (text: string) => wire.receive("b", text, { id: text, version: 1 });
  const sent = () => store.kept.map(({ message }) => message);

  it("sends with Enter and breaks the line with Shift and Enter", async () => {
    type("halo");
    fireEvent.keyDown(field(), { key: "Enter", shiftKey: true });
    expect(sent()).toEqual([]);
    fireEvent.keyDown(field(), { key: "Enter" });
    await waitFor(() => expect(sent()).toEqual(["halo"]));
    expect(field().value).toBe("");
  });

  it("does not send while an input method composes", () => {
    type("halo");
    fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
    expect(sent()).toEqual([]);
  });

  it("says who else writes", async () => {
    writing.arrive("Bagas Pramudya");
    await screen.findByText("Bagas is writing…");
    for (const other of ["Siti", "gone", "Hamdan"]) {
      writing.arrive(other);
    }
    await screen.findByText("Bagas, Siti and 1 other are writing…");
  });

  it("tells of oneself once, and again after the field was empty", async () => {
    type("h");
    type("ha");
    expect(writing.sent).toBe(1);
    type("");
    await waitFor(() => {
      type(`${field().value}l`);
      expect(writing.sent).toBe(2);
    });
  });

  it("sends nothing when nothing is written", () => {
    expect(screen.getByRole("button", { name: "Send" })).toHaveProperty("disabled", true);
  });

  it("shows markup as text and only web addresses as links", async () => {
    from('<img src=x onerror="alert(1)"> javascript:alert(1) https://example.org/a');
    const link = await screen.findByRole("link");
    expect(link.getAttribute("href")).toBe("https://example.org/a");
    expect(link.getAttribute("rel")).toContain("noopener");
    expect(document.querySelector("img")).toBeNull();
    expect(screen.getByText(/<img src=x/)).toBeTruthy();
  });

  it("offers to try again when a message did not go out", async () => {
    store.refusal = AWAY;
    type("halo");
    fireEvent.keyDown(field(), { key: "Enter" });
    const retry = await screen.findByRole("button", { name: "Try again" });
    store.refusal = undefined;
    fireEvent.click(retry);
    await waitFor(() => expect(sent()).toEqual(["halo"]));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Try again" })).toBeNull());
  });

  it("counts no message as unread while it is open, and counts again after", async () => {
    from("pagi");
    await screen.findByText("pagi");
    expect(chat.unread.value).toBe(0);
    cleanup();
    let count = 0;
    await waitFor(() => {
      from(`siang ${count++}`);
      expect(chat.unread.value).toBeGreaterThan(0);
    });
  });

  it("says for how long messages are kept", async () => {
    expect(await screen.findByText("Messages stay in this room for 30 days.")).toBeTruthy();
  });

  it("offers to delete one's own messages, and those of others to who moderates", async () => {
    from("pagi");
    const menu = await screen.findByRole("menu", { hidden: true });
    expect(menu.textContent).not.toContain("Delete");
    expect(menu.textContent).not.toContain("Edit");
    rights.value = { mayWrite: true, moderates: true };
    await waitFor(() => expect(menu.textContent).toContain("Delete"));
    expect(menu.textContent).not.toContain("Edit");
  });

  it("says so where only some may write", async () => {
    rights.value = { mayWrite: false, moderates: false };
    await screen.findByText("Only the host and moderators can write right now.");
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  it("shows which message is answered, and lets go of it with Escape", async () => {
    from("tea?");
    const [reply] = await screen.findAllByRole("menuitem", { name: "Reply", hidden: true });
    fireEvent.click(reply as HTMLElement);
    await screen.findByText("Replying to Bagas");
    fireEvent.keyDown(field(), { key: "Escape" });
    await waitFor(() => expect(screen.queryByText("Replying to Bagas")).toBeNull());
  });

  it("words the last own message anew with the arrow up", async () => {
    type("tee");
    fireEvent.keyDown(field(), { key: "Enter" });
    await waitFor(() => expect(sent()).toEqual(["tee"]));
    await waitFor(() => {
      fireEvent.keyDown(field(), { key: "ArrowUp" });
      expect(field().value).toBe("tee");
    });
    type("tea");
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("tea");
    expect(screen.getByText("edited")).toBeTruthy();
  });

  it("sends files that are chosen, and none where only some may", async () => {
    const input = document.querySelector<HTMLInputElement>("input[type=file]");
    const file = new File(["x"], "Plan.pdf", { type: "application/pdf" });
    Object.defineProperty(input, "files", { value: [file], configurable: true });
    fireEvent.change(input as HTMLInputElement);
    await screen.findByRole("button", { name: "Download Plan.pdf" });
    expect(screen.getByText("1 byte")).toBeTruthy();
    cleanup();
    const readRules = async () => ({ keptDays: null, whoMaySendFiles: "moderators" as const });
    render(<ChatPanel {...{ chat, rights, readRules, typing, nameOf }} />);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Attach a file" })).toBeNull());
    rights.value = { mayWrite: true, moderates: true };
    await screen.findByRole("button", { name: "Attach a file" });
  });

  it("finds words, and comes back", async () => {
    store.kept.push(fakeStored("rice"), fakeStored("green tea"));
    render(<SearchButton chat={chat} />);
    fireEvent.click(screen.getByRole("button", { name: "Search messages" }));
    const words = await screen.findByRole("searchbox");
    fireEvent.input(words, { target: { value: "tea" } });
    await waitFor(() => {
      fireEvent.submit(words.closest("form") as HTMLFormElement);
      expect(screen.queryByText("1 message found")).not.toBeNull();
    });
    expect(screen.getByText("green tea")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Close search" }));
    await waitFor(() => expect(field()).toBeTruthy());
  });
});
