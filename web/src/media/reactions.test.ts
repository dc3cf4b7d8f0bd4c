import { describe, expect, it } from "vitest";
import { parseReaction } from "./reactions";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("parseReaction", () => {
  it("reads what it knows", () => {
    expect(parseReaction(bytes("celebrate"))).toBe("celebrate");
  });

  it("takes nothing else", () => {
    for (const text of ["", "CELEBRATE", "<img src=x>", "a".repeat(60_000)]) {
      expect(parseReaction(bytes(text))).toBeUndefined();
    }
    expect(parseReaction(new Uint8Array([0xff, 0xfe]))).toBeUndefined();
  });
});
