import { describe, expect, it } from "vitest";
import {
  movedTo,
  ONCE,
  type Repetition,
  readRule,
  repeatsOn,
  ruleOf,
} from "@/features/schedule/rule";

// A Tuesday.
const DAY = "2026-12-01";
const START = `${DAY}T09:00:00`;
const ZONE = "Asia/Jakarta";

describe("ruleOf", () => {
  it.each([
    [{ repeat: "once" }, ""],
    [{ repeat: "daily" }, "FREQ=DAILY"],
    [{ repeat: "workdays" }, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
    [{ repeat: "weekly" }, "FREQ=WEEKLY;BYDAY=TU"],
    [{ repeat: "weekly", weekdays: ["TH"] }, "FREQ=WEEKLY;BYDAY=TU,TH"],
    [{ repeat: "fortnightly" }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
    [{ repeat: "monthly" }, "FREQ=MONTHLY;BYMONTHDAY=1"],
    [{ repeat: "daily", ends: "times", times: "5" }, "FREQ=DAILY;COUNT=5"],
    [{ repeat: "daily", ends: "day", lastDay: "2026-12-31" }, "FREQ=DAILY;UNTIL=20261231"],
    [{ repeat: "kept", kept: "FREQ=YEARLY" }, "FREQ=YEARLY"],
  ] satisfies [Partial<Repetition>, string][])("of %o is %s", (chosen, rule) => {
    expect(ruleOf({ ...ONCE, ...chosen }, DAY)).toBe(rule);
  });
});

describe("readRule", () => {
  it.each([
    "",
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=TU,SA",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "FREQ=MONTHLY;BYMONTHDAY=1",
    "FREQ=DAILY;COUNT=12",
    "FREQ=YEARLY",
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=WEEKLY;BYDAY=TU;WKST=SU",
    "FREQ=DAILY;INTERVAL=3",
  ])("says %s again as it was", (rule) => {
    expect(ruleOf(readRule(rule, START, ZONE), DAY)).toBe(rule);
  });

  it("knows the last day on the clocks of the meeting", () => {
    // The end of the 31st in Jakarta.
    const read = readRule("FREQ=DAILY;UNTIL=20261231T165959Z", START, ZONE);
    expect([read.ends, read.lastDay]).toEqual(["day", "2026-12-31"]);
  });

  it("does not give back a day that was cut off", () => {
    // A second before nine on the 31st in Jakarta, where a series was split.
    const read = readRule("FREQ=DAILY;UNTIL=20261231T015959Z", START, ZONE);
    expect(read.lastDay).toBe("2026-12-30");
  });
});

describe("repeatsOn", () => {
  it("leaves out months for days that some of them lack", () => {
    expect(repeatsOn("2026-12-28", "once")).toContain("monthly");
    expect(repeatsOn("2026-12-29", "once")).not.toContain("monthly");
  });

  it("leaves out working days for a Saturday", () => {
    expect(repeatsOn("2026-12-05", "once")).not.toContain("workdays");
  });
});

describe("movedTo", () => {
  it("takes the weekday of the first day along and keeps the others", () => {
    const weekly = readRule("FREQ=WEEKLY;BYDAY=TU,SA", START, ZONE);
    expect(ruleOf(movedTo(weekly, DAY, "2026-12-02"), "2026-12-02")).toBe(
      "FREQ=WEEKLY;BYDAY=WE,SA",
    );
  });

  it("gives up what the new day cannot have", () => {
    expect(movedTo({ ...ONCE, repeat: "monthly" }, DAY, "2026-12-31").repeat).toBe("once");
  });
});
