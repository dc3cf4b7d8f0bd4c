import { describe, expect, it } from "vitest";
import {
  type Draft,
  faultsOf,
  freshDraft,
  planOf,
  readAddresses,
  timesOf,
  withNamed,
} from "@/features/schedule/draft";
import { ONCE } from "@/features/schedule/rule";

const DRAFT: Draft = {
  ...freshDraft(new Date(2026, 10, 9, 14, 5), "Asia/Jakarta"),
  title: " Rapat ",
  day: "2026-12-01",
  start: "09:00",
  end: "09:30",
};
const BUDI = { key: "budi@example.com", name: "", email: "budi@example.com", isCohost: false };

describe("freshDraft", () => {
  it("begins at the next full hour", () => {
    const draft = freshDraft(new Date(2026, 10, 9, 14, 5), "Asia/Jakarta");
    expect([draft.day, draft.start, draft.end]).toEqual(["2026-11-09", "15:00", "16:00"]);
  });

  it("is of the next day late in the evening", () => {
    const draft = freshDraft(new Date(2026, 11, 31, 23, 5), "Asia/Jakarta");
    expect([draft.day, draft.start, draft.end]).toEqual(["2027-01-01", "00:00", "01:00"]);
  });

  it("may end on the day after", () => {
    const draft = freshDraft(new Date(2026, 10, 9, 22, 30), "Asia/Jakarta");
    expect([draft.day, draft.start, draft.end]).toEqual(["2026-11-09", "23:00", "00:00"]);
    expect(timesOf(draft).end).toBe("2026-11-10T00:00");
  });
});

describe("planOf", () => {
  it("is what was typed, without what stands around it", () => {
    expect(planOf({ ...DRAFT, invited: [BUDI] })).toMatchObject({
      title: "Rapat",
      start: "2026-12-01T09:00",
      end: "2026-12-01T09:30",
      time_zone: "Asia/Jakarta",
      room_code: "",
      invited: [{ email: "budi@example.com", role: "attendee" }],
    });
  });

  it("names people of the organisation by who they are", () => {
    const ani = { key: "7", userId: "7", name: "Ani Lestari", isCohost: true };
    expect(planOf({ ...DRAFT, invited: [ani] }).invited).toEqual([
      { user_id: "7", role: "cohost" },
    ]);
  });

  it("says how early people may come only where that was chosen", () => {
    expect(planOf(DRAFT)).not.toHaveProperty("opens_before_min");
    expect(planOf({ ...DRAFT, opensBefore: "0" }).opens_before_min).toBe(0);
  });
});

describe("faultsOf", () => {
  it("names what is empty", () => {
    expect(faultsOf(DRAFT)).toEqual([]);
    expect(faultsOf({ ...DRAFT, title: "  ", day: "", end: "" })).toEqual(["title", "day", "end"]);
  });

  it.each(["", "2026-11-30"])("wants an end that is not before the beginning (%s)", (lastDay) => {
    const repetition = { ...ONCE, repeat: "daily", ends: "day", lastDay } as const;
    expect(faultsOf({ ...DRAFT, repetition })).toEqual(["lastDay"]);
    expect(faultsOf({ ...DRAFT, repetition: { ...repetition, repeat: "once" } })).toEqual([]);
  });

  it.each(["", "0", "-1", "1.5", "1001"])("wants a number of times (%s)", (times) => {
    const repetition = { ...ONCE, repeat: "daily", ends: "times", times } as const;
    expect(faultsOf({ ...DRAFT, repetition })).toEqual(["times"]);
  });
});

describe("readAddresses", () => {
  it("takes several at once and leaves what is none", () => {
    const { named, left } = readAddresses("Ani@example.com, budi@example.com;\ncici oops@");
    expect(named.map(({ email }) => email)).toEqual(["ani@example.com", "budi@example.com"]);
    expect(left).toBe("cici oops@");
  });

  it("takes the names along that letters have", () => {
    const { named } = readAddresses('"Ani Lestari" <ani@example.com>, Budi <budi@example.com>');
    expect(named.map(({ name }) => name)).toEqual(["Ani Lestari", "Budi"]);
  });

  it("of nothing is nothing", () => {
    expect(readAddresses(" ,; ")).toEqual({ named: [], left: "" });
  });
});

describe("withNamed", () => {
  it("has everybody once", () => {
    expect(withNamed([BUDI], [BUDI, { ...BUDI, key: "7", userId: "7" }, BUDI])).toHaveLength(2);
  });
});
