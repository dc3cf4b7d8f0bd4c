import { describe, expect, it } from "vitest";
import { deviceName, nextOf, sortDevices } from "./device-list";

describe("deviceName", () => {
  it("leaves out the numbers of the maker", () => {
    expect(deviceName("HD Webcam (04f2:b6dd)")).toBe("HD Webcam");
  });

  it("keeps words in brackets", () => {
    expect(deviceName("Headset (Soundcore Q20i)")).toBe("Headset (Soundcore Q20i)");
  });
});

describe("sortDevices", () => {
  it("sorts by kind and leaves out doubles and nameless ids", () => {
    const lists = sortDevices([
      { kind: "audioinput", deviceId: "default", label: "Default" },
      { kind: "audioinput", deviceId: "communications", label: "Communications" },
      { kind: "audioinput", deviceId: "", label: "" },
      { kind: "videoinput", deviceId: "cam", label: "Cam (0000:1111)" },
      { kind: "audiooutput", deviceId: "out", label: "Speaker" },
    ]);
    expect(lists).toEqual({
      microphones: [{ id: "default", name: "Default" }],
      cameras: [{ id: "cam", name: "Cam" }],
      speakers: [{ id: "out", name: "Speaker" }],
    });
  });
});

describe("nextOf", () => {
  const FRONT = { id: "front", name: "" };
  const BACK = { id: "back", name: "" };

  it("goes round and round", () => {
    expect(nextOf([FRONT, BACK], "front")).toBe(BACK);
    expect(nextOf([FRONT, BACK], "back")).toBe(FRONT);
    expect(nextOf([FRONT, BACK], "default")).toBe(BACK);
  });

  it("goes nowhere where there is one", () => {
    expect(nextOf([FRONT], "front")).toBeUndefined();
    expect(nextOf([], undefined)).toBeUndefined();
  });
});
