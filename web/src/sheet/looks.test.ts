import { describe, expect, it } from "vitest";
import { standIn } from "@/sheet/looks";

describe("standIn", () => {
  it.each([
    [".button-primary:hover", '.button-primary[data-look~="hover"]'],
    [".button:active:not(:disabled)", '.button[data-look~="active"]:not(:disabled)'],
    [":where(a, button):focus-visible", ':where(a, button)[data-look~="focus-visible"]'],
    [".a:hover, .b:hover", '.a[data-look~="hover"], .b[data-look~="hover"]'],
  ])("stands in for %s", (selector, found) => {
    expect(standIn(selector)).toBe(found);
  });

  it("leaves everything else alone", () => {
    expect(standIn(".field:focus-within, .button-hover, .button:disabled")).toBeUndefined();
  });
});
