import { beforeEach, describe, expect, it } from "vitest";
import { byDay } from "@/features/notifications/days";
import { news } from "@/features/notifications/notification.fake";
import { formatDay } from "@/i18n/format";
import { chooseLocale } from "@/i18n/locale";

const at = (id: string, ...moment: [number, number, number, number]) =>
  news(id, false, { created_at: new Date(...moment).toISOString() });

beforeEach(() => chooseLocale("en"));

describe("byDay", () => {
  it("names today and yesterday, and older days in full", () => {
    const now = new Date(2026, 2, 1, 0, 5);
    const items = [
      at("4", 2026, 2, 1, 0),
      at("3", 2026, 1, 28, 23),
      at("2", 2026, 1, 28, 0),
      at("1", 2025, 1, 28, 12),
    ];
    expect(byDay(items, now).map(({ label, items }) => [label, items.map(({ id }) => id)])).toEqual(
      [
        ["Today", ["4"]],
        ["Yesterday", ["3", "2"]],
        [formatDay(new Date(2025, 1, 28)), ["1"]],
      ],
    );
  });

  it("has no days without notifications", () => {
    expect(byDay([], new Date())).toEqual([]);
  });
});
