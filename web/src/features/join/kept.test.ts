import { beforeEach, describe, expect, it } from "vitest";
import { keepDevices, keepSeat, keptDevices, keptSeat } from "@/features/join/kept";

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe("keptDevices", () => {
  it("starts with both on", () => {
    expect(keptDevices()).toEqual({ microphone: true, camera: true });
  });

  it("gives back what was kept", () => {
    const choice = { microphone: false, camera: true, cameraId: "webcam" };
    keepDevices(choice);
    expect(keptDevices()).toEqual(choice);
  });

  it.each(["{", "7", '"text"', "null", "[]", '{"microphone":"no","cameraId":7,"speakerId":""}'])(
    "survives %s",
    (kept) => {
      localStorage.setItem("jumpa.devices", kept);
      expect(keptDevices()).toEqual({ microphone: true, camera: true });
    },
  );
});

describe("keptSeat", () => {
  it("belongs to one room and to this tab", () => {
    keepSeat("abc-defg-hij", "seat");
    expect(keptSeat("abc-defg-hij")).toBe("seat");
    expect(keptSeat("xyz-defg-hij")).toBeUndefined();
    expect(localStorage.length).toBe(0);
  });
});
