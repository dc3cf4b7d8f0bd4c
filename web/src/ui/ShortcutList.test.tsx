import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import { shortcutKeys } from "@/lib/shortcut-keys";
import { ShortcutList } from "@/ui/ShortcutList";

beforeEach(() => {
  chooseLocale("en");
  shortcutKeys.reset();
});
afterEach(cleanup);

const keyOf = (name: string) =>
  screen.getByRole("button", { name: new RegExp(`^Change the key for ${name}:`) });

function press(name: string, ...keys: string[]): void {
  fireEvent.click(keyOf(name));
  for (const key of keys) {
    fireEvent.keyDown(keyOf(name), { key });
  }
}

const said = () => screen.getByRole("status").textContent;

describe("ShortcutList", () => {
  it("gives another key, and says so", () => {
    render(<ShortcutList />);
    press("Raise hand", "Shift", "K");
    expect(said()).toBe("Raise hand: K");
    expect(shortcutKeys.nameOf("k")).toBe("hand");
    expect(keyOf("Raise hand").textContent).toBe("K");
  });

  it("tells of a conflict and changes nothing", () => {
    render(<ShortcutList />);
    press("Raise hand", "m");
    expect(said()).toBe("M is already used for Microphone");
    expect(shortcutKeys.nameOf("h")).toBe("hand");
  });

  it("refuses keys that are no sign", () => {
    render(<ShortcutList />);
    press("Chat", "F7");
    expect(said()).toBe("That key cannot be used");
    expect(shortcutKeys.nameOf("c")).toBe("chat");
  });

  it("leaves everything as it was on Escape, and takes a key away on Delete", () => {
    render(<ShortcutList />);
    press("Chat", "Escape");
    expect(shortcutKeys.nameOf("c")).toBe("chat");
    press("Chat", "Delete");
    expect(keyOf("Chat").textContent).toBe("None");
    expect(shortcutKeys.nameOf("c")).toBeUndefined();
  });

  it("lets a key that nobody asked for do what it does everywhere", () => {
    render(<ShortcutList />);
    expect(fireEvent.keyDown(keyOf("Chat"), { key: "x" })).toBe(true);
    expect(shortcutKeys.areDefault).toBe(true);
  });

  it("offers the way back only once something was changed", () => {
    render(<ShortcutList />);
    expect(screen.queryByRole("button", { name: "Reset all" })).toBeNull();
    press("Chat", "k");
    fireEvent.click(screen.getByRole("button", { name: "Reset all" }));
    expect(shortcutKeys.areDefault).toBe(true);
  });
});
