import { describe, expect, it } from "vitest";
import { parseReaction } from "./reactions";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("parseReaction", () => {
  it("reads what the server tells", () => {
    expect(parseReaction(bytes('{"identity": "ayu", "reaction": "celebrate"}'))).toEqual({
      identity: "ayu",
      reaction: "celebrate",
    });
  });

  it.each([
    "",
    "love",
    "null",
    "[1",
    '{"identity": "ayu", "reaction": "CELEBRATE"}',
    '{"identity": "ayu", "reaction": "<img src=x>"}',
    '{"identity": 1, "reaction": "love"}',
    '{"reaction": "love"}',
  ])("takes nothing else: %j", (text) => {
    expect(parseReaction(bytes(text))).toBeUndefined();
  });

  it("takes no bytes that are no text", () => {
    expect(parseReaction(new Uint8Array([0xff, 0xfe]))).toBeUndefined();
  });
});
