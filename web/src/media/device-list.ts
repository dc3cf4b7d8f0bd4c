/** The devices of this machine, as people know them. */

export interface DeviceView {
  id: string;
  /** Empty until the browser may tell it. */
  name: string;
}

export interface DeviceLists {
  microphones: readonly DeviceView[];
  cameras: readonly DeviceView[];
  speakers: readonly DeviceView[];
}

export const NO_DEVICES: DeviceLists = { microphones: [], cameras: [], speakers: [] };
const HARDWARE_ID = /\s*\([0-9a-f]{4}:[0-9a-f]{4}\)\s*$/i;

/** A device name without the numbers of its maker: "HD Webcam (04f2:b6dd)" is "HD Webcam". */
export function deviceName(label: string): string {
  return label.replace(HARDWARE_ID, "").trim();
}

/** Sorts what the browser enumerates; Chromium's "communications" double is left out. */
export function sortDevices(
  devices: readonly Pick<MediaDeviceInfo, "deviceId" | "kind" | "label">[],
): DeviceLists {
  const ofKind = (kind: MediaDeviceKind): DeviceView[] =>
    devices
      .filter(
        (device) =>
          device.kind === kind && device.deviceId !== "" && device.deviceId !== "communications",
      )
      .map((device) => ({ id: device.deviceId, name: deviceName(device.label) }));
  return {
    microphones: ofKind("audioinput"),
    cameras: ofKind("videoinput"),
    speakers: ofKind("audiooutput"),
  };
}

/** The device after this one, round and round; undefined where there is no other. */
export function nextOf(
  devices: readonly DeviceView[],
  activeId: string | undefined,
): DeviceView | undefined {
  if (devices.length < 2) {
    return undefined;
  }
  // "default" is the first.
  const place = Math.max(
    0,
    devices.findIndex(({ id }) => id === activeId),
  );
  return devices[(place + 1) % devices.length];
}
