import { describe, expect, it } from "vitest";

const STYLES = import.meta.glob<string>(["@/**/*.css", "!@/styles/{roles,theme}.css"], {
  eager: true,
  query: "?raw",
  import: "default",
});
const COMPONENTS = import.meta.glob<string>("@/**/*.tsx", {
  eager: true,
  query: "?raw",
  import: "default",
});
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/iu;
const ARBITRARY = /[a-z]-\[[^\]]+\]/u;

function linesWith(pattern: RegExp, files: Record<string, string>): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text
      .split("\n")
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
}

describe("values of the look", () => {
  it("are read at all", () => {
    expect(Object.values(STYLES).join("").length).toBeGreaterThan(10_000);
    expect(Object.values(COMPONENTS).join("").length).toBeGreaterThan(10_000);
  });

  it("have their colours in the roles alone", () => {
    expect(linesWith(COLOUR, STYLES)).toEqual([]);
  });

  it("are never written into a class name", () => {
    expect(linesWith(ARBITRARY, COMPONENTS)).toEqual([]);
  });
});
