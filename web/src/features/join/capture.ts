/** The browser's cameras and microphones as one port, so that the rules above it run without a browser. */

import type { DeviceLists } from "@/media/device-list";
import { NO_DEVICES, sortDevices } from "@/media/device-list";

export type CaptureKind = "microphone" | "camera";

export interface CapturePort {
  /** False on pages over plain http, where browsers give no devices. */
  isAvailable: boolean;
  capture: (constraints: MediaStreamConstraints) => Promise<MediaStreamTrack[]>;
  list: () => Promise<DeviceLists>;
  /** Calls back when a device comes or goes, or a permission changes, until the returned function is called. */
  watch: (onChange: () => void) => () => void;
}

/** The devices of this browser. */
export function browserCapture(): CapturePort {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) {
    return {
      isAvailable: false,
      capture: () => Promise.reject(new DOMException("no devices on this page", "SecurityError")),
      list: () => Promise.resolve(NO_DEVICES),
      watch: () => () => undefined,
    };
  }
  return {
    isAvailable: true,
    capture: async (constraints) => (await devices.getUserMedia(constraints)).getTracks(),
    list: async () => sortDevices(await devices.enumerateDevices()),
    watch: (onChange) => watchBrowser(devices, onChange),
  };
}

function watchBrowser(devices: MediaDevices, onChange: () => void): () => void {
  const stop = new AbortController();
  devices.addEventListener("devicechange", onChange, { signal: stop.signal });
  for (const name of ["camera", "microphone"] as PermissionName[]) {
    navigator.permissions?.query({ name }).then(
      (status) => status.addEventListener("change", onChange, { signal: stop.signal }),
      // Some browsers do not tell about these permissions; the person then presses the button again.
      () => undefined,
    );
  }
  return () => stop.abort();
}
