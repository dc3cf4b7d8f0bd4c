import { describe, expect, it } from "vitest";
import { fakeParticipant } from "@/media/participants.fake";
import { shownSmall } from "./SmallWindow";
import { openWindow, type WindowOpener } from "./window-opener";

const ME = fakeParticipant("me", { isSelf: true });
const EVERYONE = [ME, fakeParticipant("a"), fakeParticipant("b")];
const shown = (pinned: string | undefined, ...speaking: string[]) =>
  shownSmall(EVERYONE, pinned, new Set(speaking))?.identity;

describe("shownSmall", () => {
  it("prefers the pinned one, then who speaks, then the first other", () => {
    expect(shown("a", "b")).toBe("a");
    expect(shown(undefined, "b")).toBe("b");
    expect(shown(undefined)).toBe("a");
    expect(shown("gone", "gone")).toBe("a");
  });

  it("shows oneself only to someone alone", () => {
    expect(shown(undefined, "me")).toBe("a");
    expect(shownSmall([ME], undefined, new Set())?.identity).toBe("me");
    expect(shownSmall([], undefined, new Set())).toBeUndefined();
  });
});

describe("openWindow", () => {
  it("brings the styles and the language along", async () => {
    const small = document.implementation.createHTMLDocument("");
    const opener: WindowOpener = {
      window: null,
      requestWindow: async () => ({ document: small }) as unknown as Window,
    };
    const page = document.implementation.createHTMLDocument("");
    page.documentElement.lang = "id";
    const style = page.createElement("style");
    style.textContent = ".tile { color: red }";
    page.head.append(style);
    await openWindow(opener, page);
    expect(small.documentElement.lang).toBe("id");
    expect(small.head.querySelector("style")?.textContent).toContain(".tile");
  });
});
