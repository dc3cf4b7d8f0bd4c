import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { AWAY, fakeChat, fakeStored, settle } from "./chat.fake";
import { LONGEST_MESSAGE } from "./messages";

let at: ReturnType<typeof fakeChat>;

beforeEach(() => {
  at = fakeChat();
});

describe("Chat, writing", () => {
  it("shows a message at once and then that it is stored", async () => {
    at.write("halo");
    expect(at.messages()).toMatchObject([{ text: "halo", status: "sending", isOwn: true }]);
    expect(at.chat.composer.draft.value).toBe("");
    await settle();
    expect(at.messages()).toMatchObject([{ status: "sent", storedId: "m-0" }]);
    expect(at.wire.sent).toEqual([]);
  });

  it("sends nothing when nothing is written", () => {
    at.write("   \n ");
    expect(at.messages()).toEqual([]);
    expect(at.chat.composer.draft.value).toBe("   \n ");
  });

  it("keeps a message that could not be sent and stores it once on retry", async () => {
    at.store.refusal = AWAY;
    at.write("halo");
    await settle();
    expect(at.messages()).toMatchObject([{ text: "halo", status: "failed" }]);
    at.store.refusal = undefined;
    at.chat.retry("own-0");
    at.chat.retry("own-0");
    await settle();
    expect(at.messages()).toMatchObject([{ status: "sent" }]);
    expect(at.store.kept).toHaveLength(1);
  });

  it("says why a message was refused", async () => {
    at.store.refusal = new ApiError("chat_not_allowed", 403, "no");
    at.write("halo");
    await settle();
    expect(at.first().failure).toBe("Only the host and moderators can write right now.");
  });

  it("stores in the order of writing", async () => {
    at.write("one");
    at.write("two");
    await settle();
    expect(at.store.kept.map(({ message }) => message)).toEqual(["one", "two"]);
  });

  it("shows the own message once although it also arrives live", async () => {
    at.write("halo");
    at.wire.receive("me", "halo", { id: "m-0", version: 1 });
    await settle();
    at.wire.receive("me", "halo", { id: "m-0", version: 1 });
    expect(at.texts()).toEqual(["halo"]);
  });

  it("shows what was written from another window while this one writes", async () => {
    at.write("halo");
    at.wire.receive("me", "from the telephone", { id: "x", version: 1 });
    await settle();
    expect(at.texts()).toEqual(["halo", "from the telephone"]);
  });

  it("names the message that is answered", async () => {
    at.wire.receive("b", "tea?", { id: "s-1", version: 1 });
    at.chat.composer.begin({ kind: "reply", to: at.first() });
    at.write("yes");
    await settle();
    expect(at.store.kept[0]?.reply_to).toBe("s-1");
    expect(at.chat.composer.purpose.value.kind).toBe("new");
  });
});

describe("Chat, arriving", () => {
  it("shows who wrote, and the identity of someone unknown", () => {
    at.wire.receive("b", "pagi");
    at.wire.receive("gone", "pagi");
    expect(at.messages().map((message) => message.name)).toEqual(["Bagas", "gone"]);
  });

  it("shows the same message once", () => {
    at.wire.receive("b", "pagi", { id: "1" });
    at.wire.receive("b", "pagi", { id: "1" });
    expect(at.messages()).toHaveLength(1);
  });

  it("cuts a message that is too long and drops an empty one", () => {
    at.wire.receive("b", "x".repeat(LONGEST_MESSAGE + 1));
    at.wire.receive("b", " ");
    expect(at.texts().map((text) => text.length)).toEqual([LONGEST_MESSAGE]);
  });

  it("counts what arrives while closed", () => {
    const told: string[] = [];
    at.chat.listen((message) => told.push(message.text));
    at.wire.receive("b", "one");
    at.chat.open(true);
    expect(at.chat.unread.value).toBe(0);
    at.wire.receive("b", "two");
    at.chat.open(false);
    at.wire.receive("b", "three");
    expect(at.chat.unread.value).toBe(1);
    expect(told).toEqual(["one", "three"]);
  });

  it("changes a message when its writer says so, and in no other case", () => {
    at.wire.receive("b", "tea?", { id: "s", version: 1 });
    at.wire.receive("evil", "poison", { id: "s", version: 9, operation: "update" });
    expect(at.texts()).toEqual(["tea?"]);
    at.wire.receive("b", "tea now?", { id: "s", version: 2, operation: "update" });
    at.wire.receive("b", "too late", { id: "s", version: 2, operation: "update" });
    expect(at.messages()).toMatchObject([{ text: "tea now?", isEdited: true }]);
  });

  it("keeps the place of a message that was taken back", () => {
    at.wire.receive("b", "tea?", { id: "s", version: 1 });
    at.wire.receive("evil", "", { id: "s", version: 9, operation: "delete" });
    expect(at.first().isDeleted).toBe(false);
    at.wire.receive("b", "", { id: "s", version: 2, operation: "delete" });
    expect(at.messages()).toMatchObject([{ text: "", isDeleted: true }]);
  });

  it("takes a change to something unknown for nothing", () => {
    at.wire.receive("b", "old", { id: "s", version: 2, operation: "update" });
    expect(at.messages()).toEqual([]);
  });

  it("counts signs and knows which are one's own", async () => {
    at.wire.receive("b", "tea?", { id: "s", version: 1 });
    const given = at.chat.changes.react(at.first(), "👍", true);
    at.wire.react("s", { "👍": 2, "🎉": 1 });
    await given;
    expect(at.first().reactions).toEqual([
      { emoji: "👍", count: 2, isOwn: true },
      { emoji: "🎉", count: 1, isOwn: false },
    ]);
  });

  it("takes a sign back that was refused", async () => {
    at.wire.receive("b", "tea?", { id: "s", version: 1 });
    at.store.refusal = new ApiError("too_many_reactions", 409, "no");
    await at.chat.changes.react(at.first(), "👍", true);
    expect(at.first().reactions).toEqual([]);
    expect(at.chat.changes.refusal.value).toBe(
      "This message already has too many kinds of reactions.",
    );
  });
});

describe("Chat, files", () => {
  const file = () => new File(["content"], "Plan.pdf", { type: "application/pdf" });

  it("shows a file at once and then that it is stored", async () => {
    at.chat.sendFiles([file()]);
    expect(at.messages()).toMatchObject([
      { status: "sending", file: { name: "Plan.pdf", size: 7 } },
    ]);
    await settle();
    expect(at.messages()).toMatchObject([{ status: "sent", file: { id: "f-0" } }]);
  });

  it("sends a file that did not go out once more, and stores it once", async () => {
    at.store.refusal = AWAY;
    at.chat.sendFiles([file()]);
    await settle();
    expect(at.first()).toMatchObject({ status: "failed", progress: 0.5 });
    at.store.refusal = undefined;
    at.chat.retry("own-0");
    await settle();
    expect(at.store.kept).toHaveLength(1);
    expect(at.first().status).toBe("sent");
  });

  it("says why a file was refused and lets it be discarded", async () => {
    at.store.refusal = new ApiError("file_type_refused", 415, "no");
    at.chat.sendFiles([file()]);
    await settle();
    expect(at.first().failure).toBe("Files of this type cannot be sent.");
    at.chat.discard("own-0");
    expect(at.messages()).toEqual([]);
  });

  it("reads what is known of a file that arrives live", async () => {
    await at.chat.catchUp();
    const id = "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8c";
    const known = { id, name: "Plan.pdf", size: 7, type: "application/pdf" };
    at.store.kept.push(fakeStored("s", { message: "", file: known }));
    const text = `Plan.pdf\nhttps://meet.example/api/v1/rooms/abc-defg-hjk/files/${id}`;
    at.wire.receive("b", text, { id: "s", version: 1 });
    await settle();
    expect(at.messages()).toMatchObject([{ file: known }]);
  });
});
