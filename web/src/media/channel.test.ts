import { describe, expect, it } from "vitest";
import { parseReactions, parseServerText } from "./channel";

describe("parseReactions", () => {
  it("reads what the server tells", () => {
    expect(parseReactions('{"message": "m", "reactions": {"👍": 2}}')).toEqual({
      message: "m",
      counts: { "👍": 2 },
    });
  });

  it.each(["", "null", "[]", "{", '{"message": 1}', '"text"'])("takes %s for nothing", (text) => {
    expect(parseReactions(text)).toBeUndefined();
  });

  it("leaves out counts that are no numbers", () => {
    expect(parseReactions('{"message": "m", "reactions": {"👍": "many"}}')?.counts).toEqual({});
  });
});

describe("parseServerText", () => {
  const parse = (text: string) => parseServerText(new TextEncoder().encode(text));
  const told = { topic: "lk.chat", id: "m", identity: "ann", text: "Halo", timestamp: 7 };

  it("reads what the server tells", () => {
    const attributes = { "jumpa.version": "2", "jumpa.other": 3 };
    expect(parse(JSON.stringify({ ...told, attributes }))).toEqual({
      topic: "lk.chat",
      text: "Halo",
      from: "ann",
      info: { id: "m", timestamp: 7, attributes: { "jumpa.version": "2" } },
    });
  });

  it.each([
    "",
    "null",
    "[]",
    "{",
    '"text"',
    JSON.stringify({ ...told, text: 1 }),
    JSON.stringify({ ...told, timestamp: "7" }),
    JSON.stringify({ ...told, identity: null }),
  ])("takes %s for nothing", (text) => {
    expect(parse(text)).toBeUndefined();
  });
});
