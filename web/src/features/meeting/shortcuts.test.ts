import { describe, expect, it } from "vitest";
import { ShortcutKeys } from "@/lib/shortcut-keys";
import { type KeyPress, shortcutOf } from "./shortcuts";

const keys = new ShortcutKeys();
const nameOf = (key: string) => keys.nameOf(key);

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
    expect(shortcutOf(press("d", { ctrlKey: true, isTyping: true }))).toBe("microphone");
    expect(shortcutOf(press("E", { metaKey: true }))).toBe("camera");
  });

  it("leaves other combinations to the browser", () => {
    expect(shortcutOf(press("d", { ctrlKey: true, shiftKey: true }), nameOf)).toBeUndefined();
    expect(shortcutOf(press("d", { ctrlKey: true, altKey: true }), nameOf)).toBeUndefined();
    expect(shortcutOf(press("c", { ctrlKey: true }), nameOf)).toBeUndefined();
    expect(shortcutOf(press("d", { ctrlKey: true, metaKey: true }), nameOf)).toBeUndefined();
  });

  it("takes single keys only while nobody types", () => {
    expect(shortcutOf(press("m"), nameOf)).toBe("microphone");
    expect(shortcutOf(press("m", { isTyping: true }), nameOf)).toBeUndefined();
    expect(shortcutOf(press("?", { shiftKey: true }), nameOf)).toBe("help");
    expect(shortcutOf(press("M", { shiftKey: true }), nameOf)).toBeUndefined();
  });

  it("takes no single keys when they are switched off", () => {
    expect(shortcutOf(press("m"))).toBeUndefined();
  });

  it("follows the keys that somebody chose", () => {
    const own = new ShortcutKeys();
    own.assign("chat", "k");
    own.assign("talk", "t");
    own.assign("help", "!");
    const ownName = (key: string) => own.nameOf(key);
    expect(shortcutOf(press("k"), ownName)).toBe("chat");
    expect(shortcutOf(press("c"), ownName)).toBeUndefined();
    expect(shortcutOf(press("t"), ownName)).toBeUndefined();
    expect(shortcutOf(press("!", { shiftKey: true }), ownName)).toBe("help");
  });

  it("acts once while a key is held", () => {
    expect(shortcutOf(press("d", { ctrlKey: true, repeat: true }), nameOf)).toBeUndefined();
  });
});
