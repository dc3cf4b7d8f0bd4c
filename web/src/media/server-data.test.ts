import { describe, expect, it } from "vitest";
import { MuteNotes, readServerData } from "./server-data";

const bytes = (text: string) => new TextEncoder().encode(text);

const read = (text: string) => readServerData(bytes(text), "jumpa.muted");

describe("readServerData", () => {
  it("reads what the server tells", () => {
    expect(read('{"source": "camera", "by": "Ratna"}')).toEqual({
      kind: "muted",
      device: "camera",
      by: "Ratna",
    });
  });

  it.each([
    "",
    "null",
    "{}",
    '{"source": "screen_share", "by": "R"}',
    '{"source": "camera"}',
    "[1",
  ])("passes over %j", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("tells a knock from a topic that it does not know", () => {
    expect(readServerData(bytes("{}"), "jumpa.lobby")).toEqual({ kind: "knock" });
    expect(readServerData(bytes("{}"), "jumpa.else")).toBeUndefined();
    expect(readServerData(bytes("{}"), undefined)).toBeUndefined();
  });

  it("passes over nobody", () => {
    expect(read('{"source": "camera", "by": " "}')).toBeUndefined();
  });
});

describe("MuteNotes", () => {
  it("knows for a moment that it was said by whom", () => {
    let now = 0;
    const notes = new MuteNotes(() => now);
    expect(notes.isTold("microphone")).toBe(false);
    notes.note({ kind: "muted", device: "microphone", by: "Ratna" });
    expect(notes.isTold("microphone")).toBe(true);
    expect(notes.isTold("camera")).toBe(false);
    now = 5000;
    expect(notes.isTold("microphone")).toBe(false);
  });
});
