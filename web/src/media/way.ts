/** By which way media travels, read from W3C's WebRTC statistics; addresses are left out. */

/** How an end was found (RFC 8445, 5.1.1): on the machine itself, seen from outside, or through a relay. */
export type CandidateType = "host" | "srflx" | "prflx" | "relay";

export interface Way {
  protocol: "udp" | "tcp";
  /** The own end; absent where the browser does not say. */
  type?: CandidateType;
  roundTripMs?: number;
  /** What the browser thinks that the way carries. */
  kilobitsPerSecond?: number;
}

/** One look at a connection. */
export interface Reading {
  way: Way | undefined;
  /** What the server says that it received. */
  arrived: { sound: boolean; picture: boolean };
  /** Part of the packets that the server missed lately, from 0 to 1. */
  lost: number;
}

type Entry = Record<string, unknown>;

const TYPES: readonly string[] = ["host", "srflx", "prflx", "relay"];

function numberIn(entry: Entry, key: string): number | undefined {
  const value = entry[key];
  return typeof value === "number" ? value : undefined;
}

/** Chromium names the pair in the transport; Firefox marks it. */
function chosenPair(entries: readonly Entry[]): Entry | undefined {
  const named = entries.find(({ type }) => type === "transport")?.["selectedCandidatePairId"];
  const pairs = entries.filter(({ type }) => type === "candidate-pair");
  return (
    pairs.find(({ id }) => named !== undefined && id === named) ??
    pairs.find((pair) => pair["selected"] === true) ??
    pairs.find((pair) => pair["nominated"] === true && pair["state"] === "succeeded")
  );
}

function wayOf(pair: Entry, entries: readonly Entry[]): Way | undefined {
  const own = entries.find(({ id }) => id === pair["localCandidateId"]);
  const protocol = own?.["protocol"];
  if (own === undefined || (protocol !== "udp" && protocol !== "tcp")) {
    return undefined;
  }
  const type = own["candidateType"];
  const roundTripS = numberIn(pair, "currentRoundTripTime");
  const bits = numberIn(pair, "availableOutgoingBitrate");
  return {
    protocol,
    ...(TYPES.includes(String(type)) && { type: type as CandidateType }),
    ...(roundTripS !== undefined && { roundTripMs: Math.round(roundTripS * 1000) }),
    ...(bits !== undefined && { kilobitsPerSecond: Math.round(bits / 1000) }),
  };
}

/** Reads everything that one connection tells of itself. */
export function readConnection(entries: readonly Entry[]): Reading {
  const pair = chosenPair(entries);
  const answers = entries.filter(({ type }) => type === "remote-inbound-rtp");
  const losses = answers.map((answer) => numberIn(answer, "fractionLost") ?? 0);
  return {
    way: pair === undefined ? undefined : wayOf(pair, entries),
    arrived: {
      sound: answers.some(({ kind }) => kind === "audio"),
      picture: answers.some(({ kind }) => kind === "video"),
    },
    lost: Math.min(1, Math.max(0, ...losses)),
  };
}
