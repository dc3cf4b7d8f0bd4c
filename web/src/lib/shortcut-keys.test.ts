import { beforeEach, describe, expect, it } from "vitest";
import { isUsable, ShortcutKeys } from "./shortcut-keys";

const KEPT = "jumpa.keys";

beforeEach(() => localStorage.clear());

describe("ShortcutKeys", () => {
  it("gives a key to something else, and remembers it", () => {
    const keys = new ShortcutKeys();
    expect(keys.assign("microphone", "K")).toBeUndefined();
    expect(keys.nameOf("m")).toBeUndefined();
    expect(new ShortcutKeys().nameOf("k")).toBe("microphone");
  });

  it("tells who has a key already, and changes nothing", () => {
    const keys = new ShortcutKeys();
    expect(keys.assign("chat", "M")).toBe("microphone");
    expect(keys.nameOf("c")).toBe("chat");
    expect(keys.areDefault).toBe(true);
  });

  it("lets a thing keep its own key", () => {
    expect(new ShortcutKeys().assign("chat", "c")).toBeUndefined();
  });

  it("takes a key away, which then is free", () => {
    const keys = new ShortcutKeys();
    keys.assign("microphone", "");
    keys.assign("camera", "");
    expect(keys.nameOf("")).toBeUndefined();
    expect(keys.assign("chat", "m")).toBeUndefined();
  });

  it("goes back to what it was at first", () => {
    const keys = new ShortcutKeys();
    keys.assign("hand", "j");
    keys.reset();
    expect(keys.areDefault).toBe(true);
    expect(localStorage.getItem(KEPT)).toBeNull();
  });

  it("leaves a key to whom it was given before something else wanted it", () => {
    localStorage.setItem(KEPT, '{"hand":"e"}');
    const keys = new ShortcutKeys();
    expect(keys.nameOf("e")).toBe("hand");
    expect(keys.now.value.reactions).toBe("");
    expect(keys.nameOf("m")).toBe("microphone");
  });

  it.each([
    "no JSON",
    "null",
    '{"microphone":"j","camera":"j"}',
    '{"microphone":7,"chat":"two"}',
    '{"microphone":" "}',
  ])("falls back where what was kept cannot hold: %s", (kept) => {
    localStorage.setItem(KEPT, kept);
    const keys = new ShortcutKeys();
    expect(keys.nameOf("m")).toBe("microphone");
    expect(keys.nameOf("c")).toBe("chat");
  });
});

describe("isUsable", () => {
  it("takes one visible sign of any script", () => {
    expect(["k", "?", "7", "é", "あ"].every(isUsable)).toBe(true);
    expect(["", " ", "Enter", "F2", "Escape"].some(isUsable)).toBe(false);
  });
});
