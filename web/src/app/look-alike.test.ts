import { describe, expect, it } from "vitest";
import { nearestPlace, slipsBetween } from "@/app/look-alike";

describe("slipsBetween", () => {
  it("counts letters that are wrong, missing or too many", () => {
    expect(slipsBetween("schedule", "schedule")).toBe(0);
    expect(slipsBetween("shedule", "schedule")).toBe(1);
    expect(slipsBetween("contatcs", "contacts")).toBe(2);
    expect(slipsBetween("", "abc")).toBe(3);
  });
});

describe("nearestPlace", () => {
  it("finds what was mistyped, and words of both languages", () => {
    expect(nearestPlace("shedule")).toBe("schedule");
    expect(nearestPlace("Jadwal")).toBe("schedule");
    expect(nearestPlace("settings/devices")).toBe("settings");
    expect(nearestPlace("masuk")).toBe("login");
  });

  it("finds nothing that is only a little alike", () => {
    expect(nearestPlace("abc-defg-hij")).toBeUndefined();
    expect(nearestPlace("zzz")).toBeUndefined();
    expect(nearestPlace("hip")).toBeUndefined();
    expect(nearestPlace("")).toBeUndefined();
  });

  it("does not take long over a long address", () => {
    expect(nearestPlace("x".repeat(100_000))).toBeUndefined();
  });
});
