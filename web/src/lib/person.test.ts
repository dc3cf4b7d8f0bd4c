import { describe, expect, it } from "vitest";
import { callName, giveColours, initials, personColour } from "@/lib/person";

describe("initials", () => {
  it("takes the first letters of two names", () => {
    expect(initials("Ratna Wulandari Putri")).toBe("RW");
  });

  it("skips titles", () => {
    expect(initials("H. Hamdan Lubis")).toBe("HL");
    expect(initials("Raden Ajeng Prabaningrum Sosrokusumo")).toBe("PS");
  });

  it("keeps a title when nothing else is left", () => {
    expect(initials("Raden")).toBe("R");
  });

  it("gives one letter for small avatars", () => {
    expect(initials("Bagas Pramudya", 1)).toBe("B");
  });

  it("takes the first sign of a name without letters", () => {
    expect(initials("  👩🏽‍🏫🎉  ")).toBe("👩🏽‍🏫");
    expect(initials("   ")).toBe("");
  });

  it("keeps letters apart that would join", () => {
    expect(initials("عائشة محمد")).toBe("ع\u200cم");
  });
});

describe("callName", () => {
  it("is the first name that is no title", () => {
    expect(callName("Ni Luh Ayu Pradnyani")).toBe("Ayu");
  });
});

describe("personColour", () => {
  it("is the same for the same identity", () => {
    expect(personColour("guest-1")).toBe(personColour("guest-1"));
  });

  it("is one of ten", () => {
    const seen = new Set(Array.from({ length: 500 }, (_, index) => personColour(`guest-${index}`)));
    expect(seen.size).toBe(10);
    expect([...seen].every((name) => /^person-([1-9]|10)$/.test(name))).toBe(true);
  });
});

describe("giveColours", () => {
  it("gives ten people ten colours, and keeps them when others come and go", () => {
    const people = Array.from({ length: 10 }, (_, index) => `together-${index}`);
    giveColours(people);
    const colours = people.map(personColour);
    expect(new Set(colours).size).toBe(10);
    giveColours([...people.slice(5), "newcomer", ...people.slice(0, 2)]);
    expect(people.map(personColour)).toEqual(colours);
    expect(colours.slice(2, 5)).toContain(personColour("newcomer"));
  });

  it("gives a colour twice only when none is free", () => {
    const people = Array.from({ length: 11 }, (_, index) => `crowd-${index}`);
    giveColours(people);
    expect(new Set(people.map(personColour)).size).toBe(10);
  });
});
