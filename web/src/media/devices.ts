/** The microphones, cameras and speakers that can be chosen. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Room, RoomEvent } from "livekit-client";
import { type DeviceLists, NO_DEVICES, sortDevices } from "./device-list";

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
