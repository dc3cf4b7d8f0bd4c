/** The microphones, cameras and speakers that can be chosen. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Room, RoomEvent } from "livekit-client";

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

const NO_DEVICES: DeviceLists = { microphones: [], cameras: [], speakers: [] };
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

export type DeviceKind = "audioinput" | "videoinput" | "audiooutput";

/** Follows what is plugged in and which devices the room uses. */
export class Devices {
  private readonly room: Room;
  private readonly currentLists = signal<DeviceLists>(NO_DEVICES);
  private readonly currentActive = signal<Readonly<Partial<Record<DeviceKind, string>>>>({});

  constructor(room: Room) {
    this.room = room;
    room.on(RoomEvent.MediaDevicesChanged, () => void this.refresh());
    room.on(RoomEvent.ActiveDeviceChanged, () => this.readActive());
    room.on(RoomEvent.LocalTrackPublished, () => void this.refresh());
  }

  get lists(): ReadonlySignal<DeviceLists> {
    return this.currentLists;
  }

  get active(): ReadonlySignal<Readonly<Partial<Record<DeviceKind, string>>>> {
    return this.currentActive;
  }

  async refresh(): Promise<void> {
    this.currentLists.value = sortDevices(await navigator.mediaDevices.enumerateDevices());
    this.readActive();
  }

  /** Rejects with the browser's DOMException when the device cannot be used. */
  async choose(kind: DeviceKind, id: string): Promise<void> {
    await this.room.switchActiveDevice(kind, id);
    this.readActive();
  }

  private readActive(): void {
    const read = (kind: DeviceKind) => this.room.getActiveDevice(kind) ?? "default";
    this.currentActive.value = {
      audioinput: read("audioinput"),
      videoinput: read("videoinput"),
      audiooutput: read("audiooutput"),
    };
  }
}
