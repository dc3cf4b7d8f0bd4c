import { describe, expect, it } from "vitest";
import type { ParticipantView } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import { findPeople, sortPeople } from "./sorting";

const person = (name: string, more: Partial<ParticipantView> = {}) =>
  fakeParticipant(`id-${name}`, { name, ...more });

describe("sortPeople", () => {
  it("puts oneself first, then hosts, then names", () => {
    const sorted = sortPeople([
      person("siti"),
      person("Ayu"),
      person("Zul", { role: "host" }),
      person("Ratna", { isSelf: true }),
    ]);
    expect(sorted.map((other) => other.name)).toEqual(["Ratna", "Zul", "Ayu", "siti"]);
  });

  it("keeps people of one name apart and in a fixed order", () => {
    const twins = [person("A", { identity: "2" }), person("A", { identity: "1" })];
    expect(sortPeople(twins).map((other) => other.identity)).toEqual(["1", "2"]);
    expect(sortPeople([...twins].reverse()).map((other) => other.identity)).toEqual(["1", "2"]);
  });

  it("does not change the given list", () => {
    const given = [person("b"), person("a")];
    sortPeople(given);
    expect(given.map((other) => other.name)).toEqual(["b", "a"]);
  });
});

describe("findPeople", () => {
  const people = ["Siti Maemunah", "Réza Adiwijaya"].map((name) => fakeParticipant(name, { name }));

  it("finds by parts of words in any order and without accents", () => {
    expect(findPeople(people, "maem SITI").map(({ name }) => name)).toEqual(["Siti Maemunah"]);
    expect(findPeople(people, "reza").map(({ name }) => name)).toEqual(["Réza Adiwijaya"]);
    expect(findPeople(people, "x")).toEqual([]);
  });

  it("finds everybody when nothing is searched for", () => {
    expect(findPeople(people, "  ")).toHaveLength(2);
  });
});
