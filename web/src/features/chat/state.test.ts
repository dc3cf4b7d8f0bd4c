import { beforeEach, describe, expect, it } from "vitest";
import type { ReceivedText, TextChannel } from "@/media/channel";
import { Chat, LONGEST_MESSAGE } from "./state";

class Wire implements TextChannel {
  readonly sent: string[] = [];
  isBroken = false;
  private onText: (received: ReceivedText) => void = () => undefined;

  async send(text: string): Promise<void> {
    if (this.isBroken) {
      throw new Error("broken");
    }
    this.sent.push(text);
  }

  listen(onText: (received: ReceivedText) => void): void {
    this.onText = onText;
  }

  receive(from: string, text: string, id = `${from}-${text}`): void {
    this.onText({ id, from, text, sentAtMs: 0 });
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await Promise.resolve();
  }
}

describe("Chat", () => {
  let wire: Wire;
  let chat: Chat;
  let time: number;
  const messages = () => chat.groups.value.flatMap((group) => group.messages);

  beforeEach(() => {
    wire = new Wire();
    time = 0;
    let ids = 0;
    chat = new Chat({
      channel: wire,
      self: { identity: "me", name: "Ratna" },
      nameOf: (identity) => (identity === "b" ? "Bagas" : undefined),
      now: () => time,
      newId: () => `own-${ids++}`,
    });
  });

  const write = (text: string) => {
    chat.draft.value = text;
    chat.sendDraft();
  };

  it("shows a sent message at once and then that it went out", async () => {
    write("halo");
    expect(messages()).toMatchObject([{ text: "halo", status: "sending", isOwn: true }]);
    expect(chat.draft.value).toBe("");
    await settle();
    expect(messages()).toMatchObject([{ status: "sent" }]);
    expect(wire.sent).toEqual(["halo"]);
  });

  it("sends nothing when nothing is written", () => {
    write("   \n ");
    expect(messages()).toEqual([]);
    expect(chat.draft.value).toBe("   \n ");
  });

  it("keeps a message that could not be sent and sends it once on retry", async () => {
    wire.isBroken = true;
    write("halo");
    await settle();
    expect(messages()).toMatchObject([{ text: "halo", status: "failed" }]);
    wire.isBroken = false;
    chat.retry("own-0");
    chat.retry("own-0");
    await settle();
    expect(messages()).toMatchObject([{ status: "sent" }]);
    expect(wire.sent).toEqual(["halo"]);
  });

  it("sends in the order of writing", async () => {
    write("one");
    write("two");
    await settle();
    expect(wire.sent).toEqual(["one", "two"]);
  });

  it("shows who wrote, and the identity of someone unknown", () => {
    wire.receive("b", "pagi");
    wire.receive("gone", "pagi");
    expect(messages().map((message) => message.name)).toEqual(["Bagas", "gone"]);
  });

  it("shows the same message once", () => {
    wire.receive("b", "pagi", "1");
    wire.receive("b", "pagi", "1");
    expect(messages()).toHaveLength(1);
  });

  it("cuts a message that is too long and drops an empty one", () => {
    wire.receive("b", "x".repeat(LONGEST_MESSAGE + 1));
    wire.receive("b", " ");
    expect(messages().map((message) => message.text.length)).toEqual([LONGEST_MESSAGE]);
  });

  it("counts what arrives while closed", () => {
    const told: string[] = [];
    chat.listen((message) => told.push(message.text));
    wire.receive("b", "one");
    chat.open(true);
    expect(chat.unread.value).toBe(0);
    wire.receive("b", "two");
    chat.open(false);
    wire.receive("b", "three");
    expect(chat.unread.value).toBe(1);
    expect(told).toEqual(["one", "three"]);
  });

  it("groups messages of one person until five minutes passed", () => {
    wire.receive("b", "one");
    wire.receive("b", "two");
    time = 5 * 60_000;
    wire.receive("b", "three");
    expect(chat.groups.value.map((group) => group.messages.length)).toEqual([2, 1]);
  });

  it("starts a new group when another person writes", () => {
    wire.receive("b", "one");
    wire.receive("c", "two");
    wire.receive("b", "three");
    expect(chat.groups.value).toHaveLength(3);
  });
});
