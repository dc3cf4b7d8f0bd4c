import { beforeEach, describe, expect, it } from "vitest";
import { formatList, formatTime, plural } from "@/i18n/format";
import { chooseLocale, locale } from "@/i18n/locale";
import { pickLocale } from "@/i18n/pick";

describe("pickLocale", () => {
  it("keeps a choice that was made", () => {
    expect(pickLocale("en", ["id-ID"])).toBe("en");
  });

  it("takes the first language of the browser that we speak", () => {
    expect(pickLocale(null, ["fr-FR", "id-ID", "en-US"])).toBe("id");
    expect(pickLocale(null, ["en-US", "id"])).toBe("en");
  });

  it("ignores a kept value that is no language", () => {
    expect(pickLocale("xx", ["id"])).toBe("id");
  });

  it("falls back to English for other readers and to Indonesian without any sign", () => {
    expect(pickLocale(null, ["fr"])).toBe("en");
    expect(pickLocale(null, [])).toBe("id");
  });
});

describe("chooseLocale", () => {
  beforeEach(() => chooseLocale("id"));

  it("switches the words, the page's language and what is kept", () => {
    chooseLocale("en");
    expect(locale.value).toBe("en");
    expect(document.documentElement.lang).toBe("en");
    expect(localStorage.getItem("jumpa.locale")).toBe("en");
  });

  it("follows what is chosen in another tab, and nothing else", () => {
    chooseLocale("en");
    const tell = (key: string, newValue: string | null) =>
      dispatchEvent(new StorageEvent("storage", { key, newValue }));
    tell("jumpa.locale", "id");
    expect(locale.value).toBe("id");
    tell("jumpa.other", "en");
    tell("jumpa.locale", "tlh");
    tell("jumpa.locale", null);
    expect(locale.value).toBe("id");
  });

  it("writes times and lists as the language does", () => {
    const morning = new Date(2026, 0, 5, 9, 30);
    expect(formatTime(morning)).toBe("09.30");
    expect(formatList(["Bagas", "Siti", "Ayu"])).toBe("Bagas, Siti, dan Ayu");
    chooseLocale("en");
    expect(formatTime(morning)).toBe("09:30");
    expect(formatList(["Bagas", "Siti", "Ayu"])).toBe("Bagas, Siti and Ayu");
  });

  it("knows that Indonesian has one form", () => {
    expect(plural(1, "orang", "orang")).toBe("orang");
    chooseLocale("en");
    expect(plural(1, "person", "people")).toBe("person");
    expect(plural(2, "person", "people")).toBe("people");
  });
});
