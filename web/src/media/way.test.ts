import { describe, expect, it } from "vitest";
import { readConnection } from "./way";

const OWN = { id: "own", type: "local-candidate", protocol: "udp", candidateType: "host" };
const PAIR = {
  id: "pair",
  type: "candidate-pair",
  localCandidateId: "own",
  currentRoundTripTime: 0.0423,
  availableOutgoingBitrate: 1_234_567,
};

describe("readConnection", () => {
  it("follows the pair that the transport names", () => {
    const transport = { id: "t", type: "transport", selectedCandidatePairId: "pair" };
    const other = { ...PAIR, id: "other", localCandidateId: "elsewhere" };
    expect(readConnection([transport, other, PAIR, OWN]).way).toEqual({
      protocol: "udp",
      type: "host",
      roundTripMs: 42,
      kilobitsPerSecond: 1235,
    });
  });

  it("follows the pair that Firefox marks", () => {
    const own = { ...OWN, protocol: "tcp", candidateType: "prflx" };
    const marked = { id: "pair", type: "candidate-pair", localCandidateId: "own", selected: true };
    expect(readConnection([marked, own]).way).toEqual({ protocol: "tcp", type: "prflx" });
  });

  it("has no way while no pair was chosen", () => {
    const waiting = { ...PAIR, nominated: false, state: "in-progress" };
    expect(readConnection([waiting, OWN]).way).toBeUndefined();
  });

  it("has no way by a protocol that is neither", () => {
    const own = { ...OWN, protocol: "tls" };
    expect(readConnection([{ ...PAIR, selected: true }, own]).way).toBeUndefined();
  });

  it("takes an answer of the server as arrival", () => {
    const answer = { id: "r", type: "remote-inbound-rtp", kind: "video", fractionLost: 0.04 };
    const reading = readConnection([answer]);
    expect(reading.arrived).toEqual({ sound: false, picture: true });
    expect(reading.lost).toBe(0.04);
  });

  it("names no address", () => {
    const own = { ...OWN, address: "192.0.2.7", ip: "192.0.2.7", port: 4242 };
    expect(JSON.stringify(readConnection([{ ...PAIR, selected: true }, own]))).not.toContain("192");
  });
});
