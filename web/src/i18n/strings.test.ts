import { describe, expect, it } from "vitest";
import type { Strings, Table } from "@/i18n/strings";

const modules = import.meta.glob<Record<string, unknown>>(
  ["@/**/strings.ts", "@/**/*-strings.ts", "!@/i18n/strings.ts"],
  { eager: true },
);

const found = Object.entries(modules).flatMap(([path, module]) =>
  Object.entries(module)
    .filter((entry): entry is [string, Strings<Table>] => isStrings(entry[1]))
    .map(([name, words]) => ({ name: `${path} ${name}`, tables: words.tables })),
);

function isStrings(value: unknown): boolean {
  return typeof value === "function" && "tables" in value;
}

function shape(entry: Table[string] | undefined): string {
  if (typeof entry === "function") {
    return `function of ${entry.length}`;
  }
  return Array.isArray(entry) ? `list of ${entry.length}` : typeof entry;
}

describe("words", () => {
  it("are found", () => {
    expect(found.length).toBeGreaterThan(2);
  });

  it.each(found)("have the same keys and shapes in both languages: $name", ({ tables }) => {
    const shapes = (table: Table) =>
      Object.fromEntries(Object.entries(table).map(([key, entry]) => [key, shape(entry)]));
    expect(shapes(tables.en)).toEqual(shapes(tables.id));
  });

  it.each(found)("are never empty, never shout and never plead: $name", ({ tables }) => {
    for (const table of [tables.id, tables.en]) {
      for (const entry of Object.values(table).flat()) {
        if (typeof entry === "string") {
          expect(entry.trim()).toBe(entry);
          expect(entry).not.toBe("");
          expect(entry).not.toMatch(/!|\b(?:kamu|silakan|mohon|please|oops)\b/iu);
        }
      }
    }
  });
});
