import { afterEach, describe, expect, it } from "vitest";
import { themeChoice } from "@/lib/theme";

const shown = () => document.documentElement.dataset["theme"];

describe("theme", () => {
  afterEach(() => themeChoice.choose("system"));

  it("is that of the device until somebody chooses", () => {
    expect(themeChoice.now.value).toBe("system");
    expect(shown()).toBeUndefined();
  });

  it("stands at the page, and is kept", () => {
    themeChoice.choose("dark");
    expect(shown()).toBe("dark");
    expect(localStorage.getItem("jumpa.theme")).toBe("dark");
    themeChoice.choose("system");
    expect(shown()).toBeUndefined();
  });

  it("colours the bars of the browser", () => {
    document.head.innerHTML = `
      <meta name="theme-color" data-scheme="light" content="white">
      <meta name="theme-color" data-scheme="dark" content="black">`;
    const media = () =>
      [...document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")].map(
        (meta) => meta.media,
      );
    themeChoice.choose("dark");
    expect(media()).toEqual(["not all", "all"]);
    themeChoice.choose("system");
    expect(media()).toEqual(["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"]);
    document.head.innerHTML = "";
  });

  it("follows another tab, and nothing that is no theme", () => {
    const tell = (newValue: string | null) =>
      dispatchEvent(new StorageEvent("storage", { key: "jumpa.theme", newValue }));
    tell("light");
    expect(shown()).toBe("light");
    tell("upside-down");
    expect(shown()).toBe("light");
    tell(null);
    expect(shown()).toBeUndefined();
  });
});
