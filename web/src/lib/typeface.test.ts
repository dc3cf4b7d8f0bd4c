import { afterEach, describe, expect, it } from "vitest";
import { typefaceChoice } from "@/lib/typeface";

const shown = () => document.documentElement.dataset["typeface"];

describe("typeface", () => {
  afterEach(() => typefaceChoice.choose("usual"));

  it("stands at the page, and is kept", () => {
    expect(shown()).toBeUndefined();
    typefaceChoice.choose("lexend");
    expect(shown()).toBe("lexend");
    expect(localStorage.getItem("jumpa.typeface")).toBe("lexend");
    typefaceChoice.choose("usual");
    expect(shown()).toBeUndefined();
  });

  it("follows another tab, and nothing that is no typeface", () => {
    const tell = (newValue: string | null, key = "jumpa.typeface") =>
      dispatchEvent(new StorageEvent("storage", { key, newValue }));
    tell("opendyslexic");
    expect(shown()).toBe("opendyslexic");
    tell("comic");
    tell("lexend", "jumpa.theme");
    expect(shown()).toBe("opendyslexic");
    tell(null);
    expect(shown()).toBeUndefined();
  });
});
