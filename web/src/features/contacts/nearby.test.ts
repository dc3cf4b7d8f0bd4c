import { describe, expect, it } from "vitest";
import type { Contact, Presence } from "@/api/people";
import { nearest } from "@/features/contacts/nearby";

const contact = (id: string): Contact => ({ id, first_name: id, last_name: "" }) as Contact;

describe("nearest", () => {
  it("puts those who are here first, and keeps the order of the others", () => {
    const presence = new Map<string, Presence>([
      ["b", "offline"],
      ["c", "in_meeting"],
      ["d", "online"],
    ]);
    const ids = nearest(["a", "b", "c", "d"].map(contact), presence).map(({ id }) => id);
    expect(ids).toEqual(["d", "c", "b", "a"]);
  });

  it("shows five at most", () => {
    const many = Array.from({ length: 9 }, (_, index) => contact(String(index)));
    expect(nearest(many, new Map()).map(({ id }) => id)).toEqual(["0", "1", "2", "3", "4"]);
    expect(nearest([], new Map())).toEqual([]);
  });
});
