import { describe, expect, it } from "vitest";
import { momentOf } from "@/lib/wall-time";

describe("momentOf", () => {
  it.each([
    ["2026-12-01T09:00:00", "Asia/Jakarta", "2026-12-01T02:00:00.000Z"],
    ["2026-12-01T09:00:00", "Asia/Jayapura", "2026-12-01T00:00:00.000Z"],
    ["2026-12-01T00:30:00", "Asia/Kolkata", "2026-11-30T19:00:00.000Z"],
    ["2026-07-01T09:00:00", "Europe/Amsterdam", "2026-07-01T07:00:00.000Z"],
    ["2026-12-01T09:00:00", "Europe/Amsterdam", "2026-12-01T08:00:00.000Z"],
    ["2026-12-31T23:59:00", "America/New_York", "2027-01-01T04:59:00.000Z"],
    ["2026-12-01T09:00:00", "UTC", "2026-12-01T09:00:00.000Z"],
  ])("finds when it is %s in %s", (wall, zone, moment) => {
    expect(momentOf(wall, zone)?.toISOString()).toBe(moment);
  });

  it.each([
    ["2026-03-29T01:30:00", "2026-03-29T00:30:00.000Z"],
    ["2026-03-29T03:30:00", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T04:00:00", "2026-10-25T03:00:00.000Z"],
  ])("knows on which side of a change of clocks %s is", (wall, moment) => {
    expect(momentOf(wall, "Europe/Amsterdam")?.toISOString()).toBe(moment);
  });

  it("knows nothing of zones that the browser does not know", () => {
    expect(momentOf("2026-12-01T09:00:00", "Mars/Olympus")).toBeUndefined();
  });
});
