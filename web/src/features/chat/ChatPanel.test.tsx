import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locale } from "@/i18n/locale";
import type { ReceivedText } from "@/media/channel";
import { ChatPanel } from "./ChatPanel";
import { Chat } from "./state";

describe("ChatPanel", () => {
  let sent: string[];
  let isBroken: boolean;
  let receive: (received: ReceivedText) => void;
  let chat: Chat;

  beforeEach(() => {
    locale.value = "en";
    sent = [];
    isBroken = false;
    let ids = 0;
    chat = new Chat({
      channel: {
        send: async (text) => {
          if (isBroken) {
            throw new Error("broken");
          }
          sent.push(text);
        },
        listen: (onText) => {
          receive = onText;
        },
      },
      self: { identity: "me", name: "Ratna" },
      nameOf: () => "Bagas Pramudya",
      now: () => 0,
      newId: () => `own-${ids++}`,
    });
    render(<ChatPanel chat={chat} />);
  });

  afterEach(cleanup);

  const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Write a message" });
  const type = (value: string) => fireEvent.input(field(), { target: { value } });
  const from = (text: string) => receive({ id: text, from: "b", text, sentAtMs: 0 });

  it("sends with Enter and breaks the line with Shift and Enter", async () => {
    type("halo");
    fireEvent.keyDown(field(), { key: "Enter", shiftKey: true });
    expect(sent).toEqual([]);
    fireEvent.keyDown(field(), { key: "Enter" });
    await waitFor(() => expect(sent).toEqual(["halo"]));
    expect(field().value).toBe("");
  });

  it("does not send while an input method composes", () => {
    type("halo");
    fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
    expect(sent).toEqual([]);
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
    isBroken = true;
    type("halo");
    fireEvent.keyDown(field(), { key: "Enter" });
    const retry = await screen.findByRole("button", { name: "Try again" });
    isBroken = false;
    fireEvent.click(retry);
    await waitFor(() => expect(sent).toEqual(["halo"]));
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
});
