import { describe, expect, it } from "vitest";
import { readRoomCode } from "@/lib/room-code";

describe("readRoomCode", () => {
  it.each([
    "abc-defg-hij",
    "  ABC-DEFG-HIJ ",
    "abcdefghij",
    "abc defg hij",
    "abc–defg–hij",
    "https://rapat.sekolah.example/abc-defg-hij",
    "https://rapat.sekolah.example/abc-defg-hij/?lang=id#top",
    "rapat.sekolah.example:7880/abc-defg-hij",
  ])("finds the code in %s", (input) => {
    expect(readRoomCode(input)).toBe("abc-defg-hij");
  });

  it.each([
    "",
    "abc",
    "abc-defg-hi",
    "abc-defg-hijk",
    "rapat pagi",
    "https://example.org/",
    "../../etc",
    "a".repeat(10_000),
  ])("refuses %s", (input) => {
    expect(readRoomCode(input)).toBeUndefined();
  });
});
