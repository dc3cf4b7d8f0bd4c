import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownTime, plannedTime, repetition } from "@/features/invitations/when";
import { chooseLocale } from "@/i18n/locale";

const TEA = {
  start: "2026-12-01T09:00:00",
  end: "2026-12-01T09:30:00",
  time_zone: "Asia/Jakarta",
  rule: "",
};

beforeEach(() => chooseLocale("en"));
afterEach(() => chooseLocale("en"));

describe("plannedTime", () => {
  it("is what the organiser's clock shows, in full", () => {
    expect(plannedTime(TEA)).toMatch(/^Tuesday.+1 December 2026.+09:00.+09:30 \(Asia\/Jakarta\)$/);
  });

  it("is in the reader's language", () => {
    chooseLocale("id");
    expect(plannedTime(TEA)).toMatch(
      /^Selasa, 0?1 Desember 2026.+09\.00.+09\.30 \(Asia\/Jakarta\)$/,
    );
  });

  it("names both days when it goes on past midnight", () => {
    const late = { ...TEA, start: "2026-12-01T23:00:00", end: "2026-12-02T01:00:00" };
    expect(plannedTime(late)).toMatch(/1 December.+2 December/);
  });
});

describe("ownTime", () => {
  it("is two hours later in Jayapura", () => {
    expect(ownTime(TEA, "Asia/Jayapura")).toMatch(/1 December 2026.+11:00.+11:30$/);
  });

  it("may be another day", () => {
    expect(ownTime(TEA, "America/New_York")).toMatch(/30 November 2026.+21:00/);
  });

  it("is not told to whose clock shows the same, in a zone of another name too", () => {
    expect(ownTime(TEA, "Asia/Jakarta")).toBeUndefined();
    expect(ownTime(TEA, "Asia/Pontianak")).toBeUndefined();
  });

  it("is not guessed for a zone that the browser does not know", () => {
    expect(ownTime({ ...TEA, time_zone: "Mars/Olympus" }, "Asia/Jakarta")).toBeUndefined();
  });
});

describe("repetition", () => {
  it.each([
    ["FREQ=WEEKLY;BYDAY=TU", "Every week"],
    ["FREQ=DAILY;COUNT=3", "Every day"],
    ["FREQ=MONTHLY;INTERVAL=1", "Every month"],
    ["FREQ=WEEKLY;INTERVAL=2", "Several times"],
    ["FREQ=constructor", "Several times"],
  ])("of %s is %s", (rule, words) => {
    expect(repetition({ ...TEA, rule })).toBe(words);
  });

  it("of a single time is nothing", () => {
    expect(repetition(TEA)).toBeUndefined();
  });
});
