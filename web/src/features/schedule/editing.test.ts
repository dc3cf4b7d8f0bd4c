import { describe, expect, it } from "vitest";
import { changedMeanwhile, changeOf, draftOf } from "@/features/schedule/editing";
import { MEETING, THIRD } from "@/features/schedule/planned.fake";

describe("draftOf", () => {
  it("shows one time as that time is", () => {
    const draft = draftOf(MEETING, THIRD, "this");
    expect([draft.title, draft.day, draft.start]).toEqual([
      "Tea with guests",
      "2026-12-15",
      "10:00",
    ]);
    expect(draft.repetition.repeat).toBe("once");
  });

  it("shows all as the first one is", () => {
    const draft = draftOf(MEETING, THIRD, "all");
    expect([draft.title, draft.day, draft.start]).toEqual(["Tea", "2026-12-01", "09:00"]);
    expect(draft.repetition.repeat).toBe("weekly");
  });
});

describe("changeOf", () => {
  it.each(["this", "this_and_following", "all"] as const)("of nothing is nothing (%s)", (reach) => {
    const draft = draftOf(MEETING, THIRD, reach);
    expect(changeOf(draft, { ...draft, title: `${draft.title} ` }, reach)).toBeUndefined();
  });

  it("names begin and end when one of them is another", () => {
    const draft = draftOf(MEETING, THIRD, "this");
    expect(changeOf(draft, { ...draft, end: "11:00" }, "this")).toEqual({
      scope: "this",
      start: "2026-12-15T10:00",
      end: "2026-12-15T11:00",
    });
  });

  it("lets the rule follow a series to another weekday", () => {
    const draft = draftOf(MEETING, THIRD, "all");
    expect(changeOf(draft, { ...draft, day: "2026-12-02" }, "all")).toEqual({
      start: "2026-12-02T09:00",
      end: "2026-12-02T09:30",
      rule: "FREQ=WEEKLY;BYDAY=TU,WE",
    });
  });

  it("can empty the agenda and let people come whenever", () => {
    const draft = draftOf({ ...MEETING, opens_before_min: 10 }, THIRD, "all");
    expect(changeOf(draft, { ...draft, agenda: "", opensBefore: "" }, "all")).toEqual({
      agenda: "",
      opens_before_min: null,
    });
  });

  it("sends times along with another zone", () => {
    const draft = draftOf(MEETING, THIRD, "all");
    expect(changeOf(draft, { ...draft, zone: "Asia/Makassar" }, "all")).toMatchObject({
      start: "2026-12-01T09:00",
      time_zone: "Asia/Makassar",
    });
  });
});

describe("changedMeanwhile", () => {
  it("names what is different by now", () => {
    expect(changedMeanwhile(MEETING, { ...MEETING, title: "Chai", rule: "" })).toEqual([
      "title",
      "rule",
    ]);
  });
});
