import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isOfNewestBuild } from "@/lib/worker-registration";

const pageOf = (...files: string[]) =>
  files.map((file) => `<link rel="preload" href="${file}">`).join("");

/** Caches with one page each, oldest first. */
function keep(kept: Record<string, string>): void {
  vi.stubGlobal("caches", {
    keys: async () => Object.keys(kept),
    open: async (name: string) => ({ match: async () => new Response(kept[name]) }),
  });
}

describe("isOfNewestBuild", () => {
  beforeEach(() => {
    document.head.innerHTML = pageOf("/assets/index-2.css", "/assets/later-2.css");
  });
  afterEach(() => {
    document.head.innerHTML = "";
  });

  it.each([
    ["this page's", "/assets/index-2.css", true],
    ["a newer one", "/assets/index-3.css", false],
  ])("compares with %s", async (_, file, isSame) => {
    keep({ "jumpa-a": pageOf("/assets/index-1.css"), "jumpa-b": pageOf(file), other: "" });
    expect(await isOfNewestBuild()).toBe(isSame);
  });

  it("knows nothing where nothing is kept", async () => {
    keep({});
    expect(await isOfNewestBuild()).toBe(false);
  });
});
