/** Says in the app's words why a connection ended. */
import { ConnectionError, ConnectionErrorReason, DisconnectReason } from "livekit-client";

export type LeaveReason = "left" | "removed" | "ended" | "duplicate" | "failed";

const REASONS = new Map<DisconnectReason, LeaveReason>([
  [DisconnectReason.CLIENT_INITIATED, "left"],
  [DisconnectReason.PARTICIPANT_REMOVED, "removed"],
  [DisconnectReason.ROOM_DELETED, "ended"],
  [DisconnectReason.ROOM_CLOSED, "ended"],
  [DisconnectReason.DUPLICATE_IDENTITY, "duplicate"],
]);

/** Everything that nobody decided is a failure. */
export function leaveReason(reason: DisconnectReason | undefined): LeaveReason {
  return (reason === undefined ? undefined : REASONS.get(reason)) ?? "failed";
}

// livekit-client and the status put words before the sentence of the server.
const FRAME = /^.*unauthorized: /;

/** What the server said when it refused a token; undefined for every other failure. */
export function refusalOf(error: unknown): string | undefined {
  const isRefusal =
    error instanceof ConnectionError && error.reason === ConnectionErrorReason.NotAllowed;
  return isRefusal ? error.message.replace(FRAME, "") : undefined;
}
