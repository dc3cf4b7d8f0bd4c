import { beforeEach, describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import { Announcer } from "./announcer";

describe("Announcer", () => {
  let timers: FakeTimers;
  let announcer: Announcer;

  beforeEach(() => {
    timers = new FakeTimers();
    announcer = new Announcer(timers, () => ({
      joined: (names) => `${names.join("+")} in`,
      left: (names) => `${names.join("+")} out`,
    }));
  });

  it("gathers joins and leaves over five seconds", () => {
    announcer.gather("joined", "Bagas");
    timers.advance(3000);
    announcer.gather("joined", "Siti");
    announcer.gather("left", "Ayu");
    expect(announcer.text.value).toBe("");
    timers.advance(2000);
    expect(announcer.text.value).toBe("Bagas+Siti in. Ayu out");
  });

  it("does not mention someone who was away for a moment", () => {
    announcer.gather("left", "Ayu");
    announcer.gather("joined", "Ayu");
    timers.advance(5000);
    expect(announcer.text.value).toBe("");
  });

  it("says the same words again", () => {
    announcer.say("Microphone off");
    const first = announcer.text.value;
    announcer.say("Microphone off");
    expect(announcer.text.value).not.toBe(first);
    expect(announcer.text.value.trim()).toBe("Microphone off");
  });
});
