import { describe, expect, it } from "vitest";
import { type KeyPress, shortcutOf } from "./shortcuts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isTyping: false,
  ...more,
});

describe("shortcutOf", () => {
  it("knows Ctrl and Cmd with D and E, also while typing and with capitals", () => {
    expect(shortcutOf(press("d", { ctrlKey: true, isTyping: true }), false)).toBe("microphone");
    expect(shortcutOf(press("E", { metaKey: true }), false)).toBe("camera");
  });

  it("leaves other combinations to the browser", () => {
    expect(shortcutOf(press("d", { ctrlKey: true, shiftKey: true }), true)).toBeUndefined();
    expect(shortcutOf(press("d", { ctrlKey: true, altKey: true }), true)).toBeUndefined();
    expect(shortcutOf(press("c", { ctrlKey: true }), true)).toBeUndefined();
    expect(shortcutOf(press("d", { ctrlKey: true, metaKey: true }), true)).toBeUndefined();
  });

  it("takes single keys only while nobody types", () => {
    expect(shortcutOf(press("m"), true)).toBe("microphone");
    expect(shortcutOf(press("m", { isTyping: true }), true)).toBeUndefined();
    expect(shortcutOf(press("?", { shiftKey: true }), true)).toBe("help");
    expect(shortcutOf(press("M", { shiftKey: true }), true)).toBeUndefined();
  });

  it("takes no single keys when they are switched off", () => {
    expect(shortcutOf(press("m"), false)).toBeUndefined();
  });

  it("acts once while a key is held", () => {
    expect(shortcutOf(press("d", { ctrlKey: true, repeat: true }), true)).toBeUndefined();
  });
});
