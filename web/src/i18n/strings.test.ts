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

/** Paths of all words of a table with what stands there: "tiles.camera.none: string". */
function shapes(entry: unknown, path = ""): string[] {
  if (typeof entry === "function") {
    return [`${path}: function of ${entry.length}`];
  }
  if (typeof entry !== "object" || entry === null) {
    return [`${path}: ${typeof entry}`];
  }
  return Object.entries(entry).flatMap(([key, inner]) => shapes(inner, `${path}.${key}`));
}

/** Every sentence of a table, however deep. */
function sentences(entry: unknown): string[] {
  if (typeof entry === "string") {
    return [entry];
  }
  return typeof entry === "object" && entry !== null ? Object.values(entry).flatMap(sentences) : [];
}

describe("words", () => {
  it("are found", () => {
    expect(found.length).toBeGreaterThan(2);
  });

  it.each(found)("have the same keys and shapes in both languages: $name", ({ tables }) => {
    expect(shapes(tables.en).sort()).toEqual(shapes(tables.id).sort());
  });

  it.each(found)("are never empty, never shout and never plead: $name", ({ tables }) => {
    for (const sentence of sentences([tables.id, tables.en])) {
      expect(sentence.trim()).toBe(sentence);
      expect(sentence).not.toBe("");
      expect(sentence).not.toMatch(/!|\b(?:kamu|silakan|mohon|please|oops)\b/iu);
    }
  });

  it.each(found)("call devices, browsers and co-hosts what all others do: $name", ({ tables }) => {
    for (const sentence of sentences(tables.id)) {
      expect(sentence).not.toMatch(/\b(?:gawai|peramban|wakil tuan rumah)\b/iu);
    }
  });
});
