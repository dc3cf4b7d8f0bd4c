/** What the page before a meeting hands to the meeting, and what the meeting hands back. */

import type { Role } from "@/media/participants";

/** Leave to enter one room: answer of `POST /api/v1/rooms/{code}/join`, with what this browser knows. */
export interface Admission {
  code: string;
  title: string;
  /** Address of the LiveKit signalling endpoint, ws: or wss:. */
  url: string;
  /** LiveKit access token; never stored and never in a URL. */
  token: string;
  identity: string;
  /** Proof of this tab's identity, so that a rejoin takes the same seat. */
  seat: string;
  name: string;
  role: Role;
}

/** Devices that were chosen before joining; an absent id means the browser's default. */
export interface DeviceChoice {
  microphone: boolean;
  camera: boolean;
  microphoneId?: string;
  cameraId?: string;
  speakerId?: string;
  /** The microphone is off because many are inside, not because one wanted it. */
  isHeldBack?: boolean;
  /** No pictures in this meeting, to save data. */
  isSoundOnly?: boolean;
}

/** Why a meeting is over for this tab. */
export type LeaveReason = "left" | "removed" | "ended" | "idle" | "duplicate" | "failed";
