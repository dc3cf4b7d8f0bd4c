/** Things that happen once in a meeting and are told once. */
import type { LeaveReason } from "./leaving";
import type { Problem } from "./switch";

export type SessionEvent =
  | { kind: "joined"; identity: string; name: string }
  | { kind: "left"; identity: string; name: string }
  | { kind: "problem"; device: "microphone" | "camera" | "share"; problem: Problem }
  | { kind: "lost"; device: "microphone" | "camera" }
  /** Absent is who did it where the server does not know or has not said yet. */
  | { kind: "muted"; device: "microphone" | "camera"; by?: string }
  /** Another device took the place of one that was unplugged. */
  | { kind: "switched"; device: "microphone" | "camera"; name: string }
  | { kind: "knock" }
  /** The chosen background cannot be had, and the camera stays off. */
  | { kind: "bare" }
  /** The shared surface is the meeting itself. */
  | { kind: "mirrored" }
  | { kind: "closed"; reason: LeaveReason; refusal?: string };
