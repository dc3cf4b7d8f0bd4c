import { afterEach, describe, expect, it } from "vitest";
import { reportOf } from "@/features/connection-test/report";
import { STEPS, type Step } from "@/features/connection-test/steps";
import { chooseLocale } from "@/i18n/locale";

const CONTEXT = {
  platform: { browser: "Firefox", system: "Linux" },
  now: new Date("2026-11-22T07:00:00Z"),
  host: "meet.example",
} as const;
const STEP: Step[] = [
  {
    name: "udp",
    state: "weak",
    finding: { code: "onlyTcp", way: { protocol: "tcp", type: "host" } },
  },
  { name: "sound", state: "weak", finding: { code: "soundMade", problem: "denied" } },
  {
    name: "speed",
    state: "good",
    finding: { code: "wide", kilobitsPerSecond: 2512, roundTripMs: 21, lost: 0 },
  },
];

afterEach(() => chooseLocale("en"));

describe("reportOf", () => {
  it("has a line for each step", () => {
    const waiting = STEPS.map((name): Step => ({ name, state: "waiting" }));
    expect(reportOf(waiting, CONTEXT).match(/: (not tried yet|belum dicoba)\./g)).toHaveLength(8);
  });

  it("says what was found in the language of the moment", () => {
    chooseLocale("en");
    const english = reportOf(STEP, CONTEXT);
    expect(english).toContain("meet.example");
    expect(english).toContain("Firefox, Linux");
    expect(english).toContain("travel over TCP. (directly from this device)");
    expect(english).toContain("but the microphone is not allowed yet.");
    expect(english).toContain("up to 2.5 Mbit a second, there and back 21 ms");
    chooseLocale("id");
    expect(reportOf(STEP, CONTEXT)).toContain("sampai 2,5 Mbit per detik");
  });
});
