import { describe, expect, it, vi } from "vitest";
import { spokenShortcut, writtenShortcut } from "@/lib/shortcut";

const WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

function browse(userAgent: string, maxTouchPoints = 0) {
  vi.stubGlobal("navigator", { userAgent, maxTouchPoints });
}

describe("writtenShortcut", () => {
  it("has the command key on a Mac", () => {
    browse(
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.0 Safari/605.1.15`,
    );
    expect(writtenShortcut("D")).toBe("⌘D");
  });

  it("has the command key on an iPad with a keyboard", () => {
    browse(
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.0 Safari/605.1.15`,
      5,
    );
    expect(writtenShortcut("E")).toBe("⌘E");
  });

  it("has Ctrl everywhere else", () => {
    browse("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36");
    expect(writtenShortcut("D")).toBe("Ctrl+D");
  });
});

describe("spokenShortcut", () => {
  it("names both keys, since both act", () => {
    expect(spokenShortcut("D")).toBe("Control+D Meta+D");
  });
});
