import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { AWAY, fakeChat, fakeStored, settle } from "./chat.fake";

let at: ReturnType<typeof fakeChat>;

beforeEach(() => {
  at = fakeChat();
});

describe("Chat, history", () => {
  it("reads what was written before, oldest first and own ones as own", async () => {
    at.store.kept.push(fakeStored("a"), fakeStored("b", { identity: "me" }));
    await at.chat.catchUp();
    expect(at.messages()).toMatchObject([
      { text: "a", isOwn: false },
      { text: "b", isOwn: true },
    ]);
    expect(at.chat.history.value.name).toBe("complete");
    expect(at.chat.unread.value).toBe(0);
  });

  it("reads older ones when asked, and each once", async () => {
    at.store.pageSize = 2;
    at.store.kept.push(...["a", "b", "c", "d", "e"].map((id) => fakeStored(id)));
    await at.chat.catchUp();
    expect(at.texts()).toEqual(["d", "e"]);
    await at.chat.readOlder();
    await at.chat.readOlder();
    await at.chat.readOlder();
    expect(at.texts()).toEqual(["a", "b", "c", "d", "e"]);
    expect(at.chat.history.value.name).toBe("complete");
  });

  it("keeps the way back to older messages after catching up", async () => {
    at.store.pageSize = 2;
    at.store.kept.push(...["a", "b", "c"].map((id) => fakeStored(id)));
    await at.chat.catchUp();
    at.store.kept.push(fakeStored("d"));
    await at.chat.catchUp();
    expect(at.texts()).toEqual(["b", "c", "d"]);
    await at.chat.readOlder();
    expect(at.texts()).toEqual(["a", "b", "c", "d"]);
  });

  it("comes to an end when the connection is restored while reading", async () => {
    at.store.kept.push(fakeStored("a"));
    void at.chat.catchUp();
    await at.chat.catchUp();
    expect(at.chat.history.value.name).toBe("complete");
    expect(at.texts()).toEqual(["a"]);
  });

  it("reads one page although people ask for older ones twice", async () => {
    at.store.pageSize = 1;
    at.store.kept.push(...["a", "b", "c"].map((id) => fakeStored(id)));
    await at.chat.catchUp();
    await at.chat.readOlder();
    expect(at.texts()).toEqual(["b", "c"]);
  });

  it("puts what arrived while reading after what was read", async () => {
    at.store.kept.push(fakeStored("a"), fakeStored("live"));
    const reading = at.chat.catchUp();
    at.wire.receive("b", "live", { id: "live", version: 1 });
    at.wire.receive("b", "later", { id: "later", version: 1 });
    await reading;
    expect(at.texts()).toEqual(["a", "live", "later"]);
  });

  it("keeps what is on its way below what is read", async () => {
    at.store.refusal = AWAY;
    at.write("mine");
    await settle();
    at.store.refusal = undefined;
    at.store.kept.push(fakeStored("a", { created_at: "2026-11-21T09:59:00Z" }));
    await at.chat.catchUp();
    expect(at.texts()).toEqual(["a", "mine"]);
  });

  it("says when the server cannot be reached, and reads on request", async () => {
    at.store.kept.push(fakeStored("a"));
    at.store.refusal = AWAY;
    await at.chat.catchUp();
    expect(at.chat.history.value).toMatchObject({ name: "failed" });
    at.store.refusal = undefined;
    await at.chat.readOlder();
    expect(at.texts()).toEqual(["a"]);
  });

  it("sends live in a room of which nothing is kept", async () => {
    at.store.refusal = new ApiError("room_not_found", 404, "no");
    void at.chat.catchUp();
    at.write("halo");
    await settle();
    expect(at.wire.sent).toEqual(["halo"]);
    expect(at.messages()).toMatchObject([{ status: "sent" }]);
    expect(at.chat.isLiveOnly).toBe(true);
  });

  it("shows a message that was taken back before as such", async () => {
    at.store.kept.push(fakeStored("a", { message: "", is_deleted: true }));
    await at.chat.catchUp();
    expect(at.messages()).toMatchObject([{ isDeleted: true }]);
  });
});

describe("Chat, changing", () => {
  it("words an own message anew and empties the field", async () => {
    at.write("tee");
    await settle();
    at.chat.editLast();
    expect(at.chat.composer.draft.value).toBe("tee");
    at.write("tea");
    await settle();
    expect(at.messages()).toMatchObject([{ text: "tea", isEdited: true, version: 2 }]);
    expect(at.chat.composer.draft.value).toBe("");
  });

  it("leaves the field empty when an edit is let go", async () => {
    at.write("tee");
    await settle();
    at.chat.editLast();
    at.chat.composer.begin({ kind: "new" });
    expect(at.chat.composer.draft.value).toBe("");
  });

  it("takes a message back", async () => {
    at.write("oops");
    await settle();
    await at.chat.changes.remove(at.first());
    expect(at.messages()).toMatchObject([{ isDeleted: true, text: "" }]);
  });

  it("leaves a message as it was when taking it back is refused", async () => {
    at.store.kept.push(fakeStored("a"));
    await at.chat.catchUp();
    at.store.refusal = new ApiError("message_foreign", 403, "no");
    await at.chat.changes.remove(at.first());
    expect(at.texts()).toEqual(["a"]);
    expect(at.chat.changes.refusal.value).toBe("Only its writer can change this message.");
  });

  it("finds out under which id the server keeps what a client sent live", async () => {
    await at.chat.catchUp();
    at.wire.receive("b", "hello", { id: "stream" });
    at.store.kept.push(fakeStored("stored", { stream_id: "stream", message: "hello" }));
    await at.chat.changes.remove(at.first());
    expect(at.store.asked).toContain("remove stored");
    expect(at.messages()).toHaveLength(1);
  });

  it("finds words in everything that is kept", async () => {
    at.store.kept.push(fakeStored("tea"), fakeStored("rice"));
    expect((await at.chat.search("tea")).map(({ text }) => text)).toEqual(["tea"]);
  });
});
