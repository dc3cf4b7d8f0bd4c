import { describe, expect, it } from "vitest";
import type { Occurrence } from "@/api/meetings";
import { countdown, isNear, upcomingOf } from "@/features/home/upcoming";

const NOON = new Date(2026, 11, 1, 12, 0).getTime();
const MINUTE_MS = 60_000;

const time = (name: string, inMinutes: number): Occurrence =>
  ({
    title: name,
    starts_at: new Date(NOON + inMinutes * MINUTE_MS).toISOString(),
    ends_at: new Date(NOON + (inMinutes + 30) * MINUTE_MS).toISOString(),
  }) as Occurrence;

describe("upcomingOf", () => {
  it("is what runs or comes first, and the rest of the day", () => {
    const planned = [time("over", -60), time("runs", -10), time("later", 90), time("next", 1440)];
    const { left, next, today } = upcomingOf(planned, NOON);
    expect(left.map(({ title }) => title)).toEqual(["runs", "later", "next"]);
    expect(next?.title).toBe("runs");
    expect(today.map(({ title }) => title)).toEqual(["later"]);
  });

  it("may be on another day", () => {
    const { next, today } = upcomingOf([time("tomorrow", 1440)], NOON);
    expect([next?.title, today]).toEqual(["tomorrow", []]);
  });

  it("of nothing is nothing", () => {
    expect(upcomingOf([], NOON)).toEqual({ left: [], next: undefined, today: [] });
  });
});

describe("isNear", () => {
  it("is so from half an hour before", () => {
    expect([isNear(time("a", 30), NOON), isNear(time("a", 31), NOON)]).toEqual([true, false]);
  });
});

describe("countdown", () => {
  it.each([
    [61, undefined],
    [60, "60.00"],
    [16, "16.00"],
    [0, "00.00"],
    [-1, undefined],
  ])("in %s minutes is %s", (minutes, shown) => {
    expect(countdown(time("a", minutes), NOON)).toBe(shown);
  });

  it("counts seconds", () => {
    expect(countdown(time("a", 16), NOON - 4000)).toBe("16.04");
  });
});
