import { describe, expect, it } from "vitest";
import {
  type Draft,
  faultsOf,
  freshDraft,
  planOf,
  repeatsOf,
  ruleOf,
  timesOf,
  withInvited,
} from "@/features/schedule/draft";

const DRAFT: Draft = {
  title: " Rapat ",
  day: "2026-12-01",
  start: "09:00",
  end: "09:30",
  zone: "Asia/Jakarta",
  repeat: "once",
  agenda: "",
  invited: [],
};

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

describe("ruleOf", () => {
  it.each([
    ["once", ""],
    ["daily", "FREQ=DAILY"],
    ["weekly", "FREQ=WEEKLY;BYDAY=TU"],
    ["fortnightly", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
    ["monthly", "FREQ=MONTHLY;BYMONTHDAY=1"],
  ] as const)("of %s is %s", (repeat, rule) => {
    expect(ruleOf({ ...DRAFT, repeat })).toBe(rule);
  });
});

describe("repeatsOf", () => {
  it("leaves out months for days that some of them lack", () => {
    expect(repeatsOf(DRAFT)).toContain("monthly");
    expect(repeatsOf({ ...DRAFT, day: "2026-12-28" })).toContain("monthly");
    expect(repeatsOf({ ...DRAFT, day: "2026-12-29" })).not.toContain("monthly");
  });
});

describe("planOf", () => {
  it("is what was typed, without what stands around it", () => {
    const plan = planOf({ ...DRAFT, invited: ["budi@example.com"] });
    expect(plan).toMatchObject({
      title: "Rapat",
      start: "2026-12-01T09:00",
      end: "2026-12-01T09:30",
      time_zone: "Asia/Jakarta",
      invited: [{ email: "budi@example.com" }],
    });
  });
});

describe("faultsOf", () => {
  it("names what is empty", () => {
    expect(faultsOf(DRAFT)).toEqual([]);
    expect(faultsOf({ ...DRAFT, title: "  ", day: "", end: "" })).toEqual(["title", "day", "end"]);
  });
});

describe("withInvited", () => {
  it("takes several addresses at once, each once, and leaves what is none", () => {
    const draft = { ...DRAFT, invited: ["budi@example.com"] };
    expect(withInvited(draft, "Ani@example.com, budi@example.com;\ncici oops@")).toEqual({
      invited: ["budi@example.com", "ani@example.com"],
      left: "cici oops@",
    });
  });

  it("of nothing is nothing", () => {
    expect(withInvited(DRAFT, " ,; ")).toEqual({ invited: [], left: "" });
  });
});
