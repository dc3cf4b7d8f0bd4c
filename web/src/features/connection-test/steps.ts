/** What is tried, in order, and what is made of what was found. */

import type { Problem } from "@/media/switch";
import type { Reading, Way } from "@/media/way";

export const STEPS = [
  "server",
  "socket",
  "udp",
  "sound",
  "picture",
  "speed",
  "reconnect",
  "tcp",
] as const;
export type StepName = (typeof STEPS)[number];

/** skipped: not tried, because something before it does not work. */
export type StepState = "waiting" | "running" | "good" | "weak" | "failed" | "skipped";

export type FindingCode =
  | "answered"
  | "silent"
  | "busy"
  | "refused"
  | "open"
  | "shut"
  | "direct"
  | "onlyTcp"
  | "noMedia"
  | "soundSent"
  | "pictureSent"
  | "soundMade"
  | "pictureMade"
  | "notReceived"
  | "wide"
  | "middling"
  | "narrow"
  | "unmeasured"
  | "back"
  | "notBack"
  | "tcpWorks"
  | "tcpFails"
  | "nothingWorks";

/** What was found, with the figures that its sentence may name. */
export interface Finding {
  code: FindingCode;
  ms?: number;
  problem?: Problem;
  way?: Way;
  kilobitsPerSecond?: number;
  roundTripMs?: number;
  lost?: number;
}

export interface Verdict {
  state: "good" | "weak" | "failed";
  finding: Finding;
}

export interface Step {
  name: StepName;
  state: StepState;
  finding?: Finding;
}

/** A sharp picture needs this much, a picture at all this much. */
const WIDE_KILOBITS = 1200;
const NARROW_KILOBITS = 400;
const SLOW_MS = 300;
const LOSSY = 0.05;

const good = (finding: Finding): Verdict => ({ state: "good", finding });
const weak = (finding: Finding): Verdict => ({ state: "weak", finding });
const failed = (finding: Finding): Verdict => ({ state: "failed", finding });

/** By which way media came the first time; TCP then means that UDP is held back. */
export function judgeWay(way: Way | undefined): Verdict {
  if (way === undefined) {
    return failed({ code: "noMedia" });
  }
  return way.protocol === "udp" ? good({ code: "direct", way }) : weak({ code: "onlyTcp", way });
}

/** Whether something that was sent arrived, and from where it came. */
export function judgeSent(
  what: "sound" | "picture",
  hasArrived: boolean,
  problem: Problem | undefined,
): Verdict {
  if (!hasArrived) {
    return failed({ code: "notReceived" });
  }
  const isSound = what === "sound";
  return problem === undefined
    ? good({ code: isSound ? "soundSent" : "pictureSent" })
    : weak({ code: isSound ? "soundMade" : "pictureMade", problem });
}

/** What the way carries, by several looks at it. */
export function judgeSpeed(readings: readonly Reading[]): Verdict {
  const ways = readings.flatMap(({ way }) => (way === undefined ? [] : [way]));
  const kilobits = ways.flatMap(({ kilobitsPerSecond: each }) =>
    each === undefined ? [] : [each],
  );
  const trips = ways
    .flatMap(({ roundTripMs }) => (roundTripMs === undefined ? [] : [roundTripMs]))
    .sort((one, other) => one - other);
  const roundTripMs = trips[Math.floor(trips.length / 2)];
  const most = kilobits.length > 0 ? Math.max(...kilobits) : undefined;
  const lost = readings.at(-1)?.lost ?? 0;
  const figures = {
    lost,
    ...(roundTripMs !== undefined && { roundTripMs }),
    ...(most !== undefined && { kilobitsPerSecond: most }),
  };
  const isPoor = lost > LOSSY || (roundTripMs ?? 0) > SLOW_MS;
  if (most === undefined) {
    return isPoor ? weak({ code: "narrow", ...figures }) : good({ code: "unmeasured", ...figures });
  }
  if (isPoor || most < NARROW_KILOBITS) {
    return weak({ code: "narrow", ...figures });
  }
  return good({ code: most < WIDE_KILOBITS ? "middling" : "wide", ...figures });
}

/** The other way: needed where UDP is held back, a reserve everywhere else. */
export function judgeTcp(first: Way | undefined, later: Way | undefined): Verdict {
  if (later?.protocol === "tcp") {
    return good({ code: "tcpWorks", way: later });
  }
  return first === undefined ? failed({ code: "nothingWorks" }) : weak({ code: "tcpFails" });
}

/** What all of it comes to; undefined until everything was tried. */
export function judgeAll(steps: readonly Step[]): "good" | "weak" | "failed" | undefined {
  const states = steps.map(({ state }) => state);
  if (states.some((state) => state === "waiting" || state === "running")) {
    return undefined;
  }
  if (states.includes("failed")) {
    return "failed";
  }
  return states.includes("weak") || states.includes("skipped") ? "weak" : "good";
}

/** What was tried last, of those of which something is known. */
export function lastTried(steps: readonly Step[]): Step | undefined {
  return steps.findLast(({ state }) => state !== "waiting" && state !== "running");
}
