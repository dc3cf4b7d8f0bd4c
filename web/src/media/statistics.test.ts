import { describe, expect, it } from "vitest";
import { countersOf, figuresBetween, type TrackCounters } from "./statistics";

const ABOUT = { identity: "b", carried: "camera", isSent: true } as const;
const report = (...entries: Record<string, unknown>[]) =>
  new Map(entries.map((entry, index) => [`${index}`, entry] as const));
const counters = (more: Partial<TrackCounters>): TrackCounters => ({
  ...ABOUT,
  atMs: 0,
  bytes: 0,
  packets: 0,
  lost: 0,
  ...more,
});

describe("countersOf", () => {
  it("adds up the layers that are sent and shows the largest active picture", () => {
    const layers = report(
      {
        type: "outbound-rtp",
        timestamp: 5,
        bytesSent: 100,
        packetsSent: 2,
        frameWidth: 320,
        frameHeight: 180,
      },
      {
        type: "outbound-rtp",
        timestamp: 5,
        bytesSent: 400,
        packetsSent: 4,
        frameWidth: 640,
        frameHeight: 360,
        framesPerSecond: 29.7,
      },
      { type: "outbound-rtp", bytesSent: 0, frameWidth: 1280, frameHeight: 720, active: false },
      { type: "remote-inbound-rtp", packetsLost: 3, roundTripTime: 0.0421 },
      { type: "candidate-pair", bytesSent: 9000 },
    );
    expect(countersOf(layers, ABOUT)).toMatchObject({
      bytes: 500,
      packets: 6,
      lost: 3,
      width: 640,
      height: 360,
      framesPerSecond: 30,
      roundTripMs: 42,
    });
  });

  it("reads what is received, and takes a negative loss for none", () => {
    const received = report({
      type: "inbound-rtp",
      timestamp: 7,
      bytesReceived: 50,
      packetsReceived: 1,
      packetsLost: -2,
    });
    const about = { ...ABOUT, isSent: false };
    expect(countersOf(received, about)).toMatchObject({ bytes: 50, packets: 1, lost: 0, atMs: 7 });
  });

  it("is empty for an empty report", () => {
    expect(countersOf(report(), ABOUT)).toEqual(counters({}));
  });
});

describe("figuresBetween", () => {
  it("gives rate and loss since the last reading", () => {
    const before = [counters({ atMs: 1000, bytes: 1000, packets: 10, lost: 1 })];
    const after = [counters({ atMs: 3000, bytes: 26_000, packets: 28, lost: 3, width: 640 })];
    expect(figuresBetween(before, after)).toEqual([
      { ...ABOUT, kilobitsPerSecond: 100, lost: 0.1, width: 640 },
    ]);
  });

  it("says nothing of a track before its second reading", () => {
    expect(figuresBetween([], [counters({ atMs: 5 })])).toEqual([]);
    const same = [counters({ atMs: 5 })];
    expect(figuresBetween(same, same)).toEqual([]);
  });

  it("takes counters that began anew for silence", () => {
    const before = [counters({ atMs: 1000, bytes: 90_000, packets: 900, lost: 9 })];
    const after = [counters({ atMs: 2000, bytes: 10, packets: 1 })];
    expect(figuresBetween(before, after)[0]).toMatchObject({ kilobitsPerSecond: 0, lost: 0 });
  });
});
