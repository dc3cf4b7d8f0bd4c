/** What this browser remembers for the next time: name and devices; and this tab: its seat. */

import type { DeviceChoice } from "@/app/admission";
import { forBrowser, forTab, keep, readKept } from "@/lib/storage";

const NAME = "jumpa.name";
const DEVICES = "jumpa.devices";
const seatKey = (code: string) => `jumpa.seat.${code}`;
const BOTH_ON: DeviceChoice = { microphone: true, camera: true };

/** The name that was used last. */
export function keptName(): string {
  return readKept(forBrowser, NAME) ?? "";
}

/** Keep the name for the next meeting. */
export function keepName(name: string): void {
  keep(forBrowser, NAME, name);
}

/** The devices that were used last; both on the first time, and when what was kept cannot be read. */
export function keptDevices(): DeviceChoice {
  try {
    return readChoice(JSON.parse(readKept(forBrowser, DEVICES) ?? "null"));
  } catch {
    return BOTH_ON;
  }
}

/** Whether devices were chosen or tried here before. */
export function hasKeptDevices(): boolean {
  return readKept(forBrowser, DEVICES) !== undefined;
}

function readChoice(kept: unknown): DeviceChoice {
  if (typeof kept !== "object" || kept === null) {
    return BOTH_ON;
  }
  const choice: DeviceChoice = {
    microphone: Reflect.get(kept, "microphone") !== false,
    camera: Reflect.get(kept, "camera") !== false,
  };
  for (const key of ["microphoneId", "cameraId", "speakerId"] as const) {
    const id: unknown = Reflect.get(kept, key);
    if (typeof id === "string" && id !== "") {
      choice[key] = id;
    }
  }
  return choice;
}

/** Keep the devices for the next meeting. */
export function keepDevices(choice: DeviceChoice): void {
  keep(forBrowser, DEVICES, JSON.stringify(choice));
}

/** This tab's seat in a room, if it sat there before. */
export function keptSeat(code: string): string | undefined {
  return readKept(forTab, seatKey(code));
}

/** Keep this tab's seat, so that a reload takes the same one. */
export function keepSeat(code: string, seat: string | undefined): void {
  keep(forTab, seatKey(code), seat);
}
