/** What the connection carries right now, in numbers for the curious. */
import { type LocalTrack, type RemoteTrack, type Room, Track } from "livekit-client";

export type Carried = "voice" | "camera" | "screen" | "screenSound";

/** Counters of one track at one moment, as W3C's WebRTC statistics give them. */
export interface TrackCounters {
  identity: string;
  carried: Carried;
  isSent: boolean;
  atMs: number;
  bytes: number;
  packets: number;
  lost: number;
  width?: number;
  height?: number;
  framesPerSecond?: number;
  roundTripMs?: number;
}

export interface TrackFigures {
  identity: string;
  carried: Carried;
  isSent: boolean;
  kilobitsPerSecond: number;
  /** Part of the packets that did not arrive, from 0 to 1. */
  lost: number;
  width?: number;
  height?: number;
  framesPerSecond?: number;
  roundTripMs?: number;
}

const CARRIED = new Map<Track.Source, Carried>([
  [Track.Source.Microphone, "voice"],
  [Track.Source.Camera, "camera"],
  [Track.Source.ScreenShare, "screen"],
  [Track.Source.ScreenShareAudio, "screenSound"],
]);

type Report = Iterable<readonly [string, Record<string, unknown>]>;

function numberOf(entry: Record<string, unknown>, key: string): number | undefined {
  const value = entry[key];
  return typeof value === "number" ? value : undefined;
}

/** Adds the layers of one track up; the largest picture is the one that counts. */
export function countersOf(
  report: Report,
  track: Pick<TrackCounters, "identity" | "carried" | "isSent">,
): TrackCounters {
  const counters: TrackCounters = { ...track, atMs: 0, bytes: 0, packets: 0, lost: 0 };
  for (const [, entry] of report) {
    const isFlow = entry["type"] === (track.isSent ? "outbound-rtp" : "inbound-rtp");
    const isAnswer = track.isSent && entry["type"] === "remote-inbound-rtp";
    if (isFlow) {
      addFlow(counters, entry);
    }
    if (isFlow || isAnswer) {
      counters.lost += Math.max(0, numberOf(entry, "packetsLost") ?? 0);
    }
    const roundTrip = isAnswer ? numberOf(entry, "roundTripTime") : undefined;
    if (roundTrip !== undefined) {
      counters.roundTripMs = Math.round(roundTrip * 1000);
    }
  }
  return counters;
}

function addFlow(counters: TrackCounters, entry: Record<string, unknown>): void {
  counters.atMs = Math.max(counters.atMs, numberOf(entry, "timestamp") ?? 0);
  const sent = counters.isSent;
  counters.bytes += numberOf(entry, sent ? "bytesSent" : "bytesReceived") ?? 0;
  counters.packets += numberOf(entry, sent ? "packetsSent" : "packetsReceived") ?? 0;
  const width = numberOf(entry, "frameWidth");
  const height = numberOf(entry, "frameHeight");
  const isActive = entry["active"] !== false;
  if (isActive && width !== undefined && height !== undefined && width > (counters.width ?? 0)) {
    counters.width = width;
    counters.height = height;
    const framesPerSecond = numberOf(entry, "framesPerSecond");
    if (framesPerSecond !== undefined) {
      counters.framesPerSecond = Math.round(framesPerSecond);
    }
  }
}

/** What happened between two readings; a track that was not there before has no figures yet. */
export function figuresBetween(
  before: readonly TrackCounters[],
  after: readonly TrackCounters[],
): TrackFigures[] {
  return after.flatMap((now) => {
    const { atMs, bytes, packets, lost, ...rest } = now;
    const then = before.find(
      (other) =>
        other.identity === now.identity &&
        other.carried === now.carried &&
        other.isSent === now.isSent,
    );
    const passedMs = atMs - (then?.atMs ?? atMs);
    if (then === undefined || passedMs <= 0) {
      return [];
    }
    const gone = Math.max(0, lost - then.lost);
    const arrived = Math.max(0, packets - then.packets);
    return [
      {
        ...rest,
        kilobitsPerSecond: Math.round((Math.max(0, bytes - then.bytes) * 8) / passedMs),
        lost: gone === 0 ? 0 : gone / (gone + arrived),
      },
    ];
  });
}

/** Reads all tracks of a room; those that end meanwhile are left out. */
export async function readCounters(room: Room): Promise<TrackCounters[]> {
  const { localParticipant, remoteParticipants } = room;
  const everyone = [localParticipant, ...remoteParticipants.values()];
  const readings = everyone.flatMap(({ identity, isLocal, trackPublications }) =>
    [...trackPublications.values()].flatMap(({ source, track }) => {
      const carried = CARRIED.get(source);
      return carried === undefined || track === undefined
        ? []
        : [readOne(track as LocalTrack | RemoteTrack, { identity, carried, isSent: isLocal })];
    }),
  );
  const counters = await Promise.all(readings);
  return counters.filter((one) => one !== undefined);
}

async function readOne(
  track: LocalTrack | RemoteTrack,
  about: Pick<TrackCounters, "identity" | "carried" | "isSent">,
): Promise<TrackCounters | undefined> {
  try {
    const report = await track.getRTCStatsReport();
    return report === undefined ? undefined : countersOf(report as unknown as Report, about);
  } catch {
    return undefined;
  }
}
