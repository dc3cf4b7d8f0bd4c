import { describe, expect, it } from "vitest";
import { splitLinks } from "./links";

const joined = (text: string) =>
  splitLinks(text)
    .map((part) => part.text)
    .join("");
const addresses = (text: string) =>
  splitLinks(text).flatMap((part) => (part.href === undefined ? [] : [part.text]));

describe("splitLinks", () => {
  it("finds addresses and keeps the words around them", () => {
    expect(splitLinks("see https://example.org/a?b=1 now")).toEqual([
      { text: "see " },
      { text: "https://example.org/a?b=1", href: "https://example.org/a?b=1" },
      { text: " now" },
    ]);
  });

  it("leaves the full stop and the bracket outside", () => {
    expect(addresses("(https://example.org/a).")).toEqual(["https://example.org/a"]);
  });

  it("keeps a bracket that belongs to the address", () => {
    expect(addresses("https://example.org/Jumpa_(kata)")).toEqual([
      "https://example.org/Jumpa_(kata)",
    ]);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "https://",
    "ftp://example.org",
    "JAVASCRIPT://example.org/%0aalert(1)",
  ])("does not make %s clickable", (text) => {
    expect(addresses(text)).toEqual([]);
  });

  it("does not follow an address that hides another host behind a name", () => {
    expect(addresses("https://bank.example@evil.example/")).toEqual([]);
  });

  it("never loses a character", () => {
    for (const text of [
      "",
      "a",
      "https://a.b",
      "x https://a.b, https://c.d!",
      "<b>https://a.b</b>",
    ]) {
      expect(joined(text)).toBe(text);
    }
  });

  it("ends quickly on a very long message", () => {
    expect(joined(`https://a.b/${".)".repeat(20_000)}`)).toHaveLength(12 + 40_000);
  });
});
