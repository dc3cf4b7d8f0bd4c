import { describe, expect, it } from "vitest";
import { parseReactions } from "./channel";

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
