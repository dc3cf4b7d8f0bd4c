import { describe, expect, it } from "vitest";
import { parsePointer } from "./pointers";

const read = (text: string) => parsePointer(new TextEncoder().encode(text));

describe("parsePointer", () => {
  it("reads where somebody points, that they stopped, and whether one may", () => {
    expect(read('{"share":"siti","x":0.25,"y":1}')).toEqual({
      kind: "move",
      share: "siti",
      spot: { x: 0.25, y: 1 },
    });
    expect(read('{"share":"siti"}')).toEqual({ kind: "move", share: "siti", spot: undefined });
    expect(read('{"allowed":false}')).toEqual({ kind: "allow", isAllowed: false });
  });

  it.each([
    "",
    "null",
    "[]",
    "7",
    "{}",
    '{"share":5,"x":0,"y":0}',
    '{"share":"siti","x":1.01,"y":0}',
    '{"share":"siti","x":-0.1,"y":0}',
    '{"share":"siti","x":"0","y":0}',
    '{"share":"siti","x":0}',
    '{"share":"siti","x":null,"y":null}',
    '{"share":"siti","x":1e999,"y":0}',
    '{"allowed":"no"}',
  ])("reads nothing else: %s", (text) => {
    expect(read(text)).toBeUndefined();
  });
});
