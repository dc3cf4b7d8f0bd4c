/** Why a camera or microphone cannot be had, told apart so that the help fits. */

import type { System } from "@/lib/platform";

/**
 * blocked: the person or a policy refused it to this page. system: the operating system refuses it to
 * the browser. used: another app holds it. none: there is no such device. insecure: the page came over
 * plain http, where browsers give no devices.
 */
export type CaptureFailure = "blocked" | "system" | "used" | "none" | "insecure";

const BY_NAME: Record<string, CaptureFailure> = {
  NotAllowedError: "blocked",
  SecurityError: "blocked",
  PermissionDeniedError: "blocked",
  NotReadableError: "used",
  TrackStartError: "used",
  AbortError: "used",
  NotFoundError: "none",
  DevicesNotFoundError: "none",
  OverconstrainedError: "none",
};

/** Read what getUserMedia rejected with (W3C Media Capture, 10.2). */
export function readFailure(error: unknown, system: System): CaptureFailure {
  if (!(error instanceof Error)) {
    return "used";
  }
  // Chromium names the system in its message; Firefox on macOS says "object can not be found here".
  if (error.name === "NotAllowedError" && /system/iu.test(error.message)) {
    return "system";
  }
  if (
    error.name === "NotFoundError" &&
    system === "macOS" &&
    /object can ?not be found/iu.test(error.message)
  ) {
    return "system";
  }
  return BY_NAME[error.name] ?? "used";
}
