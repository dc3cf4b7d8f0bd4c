import { expect, it } from "vitest";

/** Every part of the app, by the name under which others import it. */
const PARTS = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>("@/**/*.tsx", { eager: true, query: "?raw", import: "default" }),
  ).map(([path, text]) => [path.replace(/^\/src/u, "@").replace(/\.tsx$/u, ""), text]),
);

/** What a part is made of, itself included. */
function reached(name: string, found = new Set<string>()): Set<string> {
  const text = PARTS[name];
  if (text !== undefined && !found.has(name)) {
    found.add(name);
    for (const [, imported = ""] of text.matchAll(/from "(@\/[^"]+)"/gu)) {
      reached(imported, found);
    }
  }
  return found;
}

it("has a story for each component of the design system", () => {
  const shown = reached("@/sheet/components.stories");
  const components = Object.keys(PARTS).filter((name) => /^@\/ui\/[^.]+$/u.test(name));
  expect(components.length).toBeGreaterThan(20);
  expect(components.filter((name) => !shown.has(name))).toEqual([]);
});
