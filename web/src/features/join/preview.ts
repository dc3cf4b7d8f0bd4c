/** What people see and choose of themselves before joining: both devices, their state and their lists. */

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { DeviceChoice } from "@/app/admission";
import type { CaptureKind, CapturePort } from "@/features/join/capture";
import { type CaptureFailure, readFailure } from "@/features/join/failure";
import type { System } from "@/lib/platform";
import { type DeviceLists, NO_DEVICES } from "@/media/device-list";

export type CaptureState =
  | { status: "off" }
  | { status: "asking" }
  | { status: "on"; track: MediaStreamTrack }
  | { status: "failed"; failure: CaptureFailure };

const KINDS: readonly CaptureKind[] = ["microphone", "camera"];
const OFF: CaptureState = { status: "off" };

/** One preview, from opening the page to joining. */
export class Preview {
  private readonly states: Record<CaptureKind, Signal<CaptureState>>;
  private readonly currentLists = signal<DeviceLists>(NO_DEVICES);
  private readonly currentChoice: Signal<DeviceChoice>;
  private readonly port: CapturePort;
  private readonly system: System;
  /** Off for a large meeting, although it was wanted. */
  private isHeldBack = false;
  private hasChosen = false;
  private hasEnded = false;
  private stopWatching = (): void => undefined;
  /** Counts requests per device, so that an answer that comes too late is put away. */
  private readonly asked: Record<CaptureKind, number> = { microphone: 0, camera: 0 };

  constructor(port: CapturePort, system: System, kept: DeviceChoice) {
    this.port = port;
    this.system = system;
    this.currentChoice = signal(kept);
    this.states = { microphone: signal(OFF), camera: signal(OFF) };
  }

  state(kind: CaptureKind): ReadonlySignal<CaptureState> {
    return this.states[kind];
  }

  get lists(): ReadonlySignal<DeviceLists> {
    return this.currentLists;
  }

  /** What is wanted; what is had stands in `state`. */
  get choice(): ReadonlySignal<DeviceChoice> {
    return this.currentChoice;
  }

  /** Ask for what was wanted last time: both in one question where possible. */
  async begin(): Promise<void> {
    this.hasEnded = false;
    this.stopWatching();
    this.stopWatching = this.port.watch(() => void this.react());
    const wanted = KINDS.filter((kind) => this.currentChoice.value[kind]);
    if (wanted.length === 2 && this.port.isAvailable && (await this.captureBoth())) {
      return;
    }
    for (const kind of wanted) {
      await this.capture(kind);
    }
  }

  /** Turn a device on or off, as its button says. */
  async toggle(kind: CaptureKind): Promise<void> {
    if (kind === "microphone") {
      this.hasChosen = true;
      this.isHeldBack = false;
    }
    const { status } = this.states[kind].value;
    const isWanted = status === "off" || status === "failed";
    this.want({ [kind]: isWanted });
    if (isWanted) {
      await this.capture(kind);
    } else {
      this.release(kind);
    }
  }

  /** Use another device; a speaker needs no permission. */
  async choose(kind: CaptureKind | "speaker", id: string): Promise<void> {
    this.want({ [`${kind}Id`]: id });
    if (kind !== "speaker") {
      this.want({ [kind]: true });
      await this.capture(kind);
    }
  }

  /** Change what is wanted of the next meeting, not what runs now. */
  want(change: Partial<DeviceChoice>): void {
    this.currentChoice.value = { ...this.currentChoice.value, ...change };
  }

  /** Turns the microphone off for a large meeting, unless one turned it on or off oneself. */
  holdBack(): void {
    if (!this.hasChosen && this.currentChoice.value.microphone) {
      this.isHeldBack = true;
      this.want({ microphone: false });
      this.release("microphone");
    }
  }

  /** What the meeting should start with: only devices that work. */
  admitted(): DeviceChoice {
    const { value } = this.currentChoice;
    const works = (kind: CaptureKind) => value[kind] && this.states[kind].value.status !== "failed";
    const choice = { ...value, microphone: works("microphone"), camera: works("camera") };
    return this.isHeldBack ? { ...choice, isHeldBack: true } : choice;
  }

  /** What to remember for the next meeting. */
  get wanted(): DeviceChoice {
    const { value } = this.currentChoice;
    return { ...value, microphone: value.microphone || this.isHeldBack };
  }

  /** Let go of everything, so that the meeting can have it. */
  end(): void {
    this.hasEnded = true;
    this.stopWatching();
    for (const kind of KINDS) {
      this.release(kind);
    }
  }

  private constraints(kind: CaptureKind, isExact: boolean): MediaTrackConstraints {
    const { microphoneId, cameraId } = this.currentChoice.value;
    const id = kind === "microphone" ? microphoneId : cameraId;
    const device = id === undefined ? {} : { deviceId: isExact ? { exact: id } : { ideal: id } };
    return kind === "camera"
      ? { ...device, width: { ideal: 1280 }, height: { ideal: 720 } }
      : { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  }

  private async captureBoth(): Promise<boolean> {
    const turns = KINDS.map((kind) => this.ask(kind));
    try {
      const tracks = await this.port.capture({
        audio: this.constraints("microphone", false),
        video: this.constraints("camera", false),
      });
      KINDS.forEach((kind, index) => {
        this.take(kind, turns[index], tracks);
      });
      await this.refresh();
      return true;
    } catch {
      // One of the two may still work; each is asked for by itself to learn which.
      return false;
    }
  }

  private async capture(kind: CaptureKind): Promise<void> {
    if (this.hasEnded) {
      // An answer that came too late asks for nothing more.
      return;
    }
    const turn = this.ask(kind);
    if (!this.port.isAvailable) {
      this.fail(kind, turn, "insecure");
      return;
    }
    try {
      const constraints = this.constraints(kind, true);
      const wanted = kind === "camera" ? { video: constraints } : { audio: constraints };
      this.take(kind, turn, await this.port.capture(wanted));
    } catch (error) {
      if (this.forgetMissing(kind, error)) {
        await this.capture(kind);
        return;
      }
      this.fail(kind, turn, readFailure(error, this.system));
    }
    await this.refresh();
  }

  /** A device that was chosen earlier may be gone: fall back to the browser's own choice. */
  private forgetMissing(kind: CaptureKind, error: unknown): boolean {
    const key = `${kind}Id` as const;
    const isMissing =
      error instanceof Error && ["OverconstrainedError", "NotFoundError"].includes(error.name);
    if (!isMissing || this.currentChoice.value[key] === undefined) {
      return false;
    }
    const { [key]: _gone, ...rest } = this.currentChoice.value;
    this.currentChoice.value = rest;
    return true;
  }

  private ask(kind: CaptureKind): number {
    this.release(kind);
    this.states[kind].value = { status: "asking" };
    return this.asked[kind];
  }

  private take(kind: CaptureKind, turn: number | undefined, tracks: MediaStreamTrack[]): void {
    const track = tracks.find((one) => one.kind === (kind === "camera" ? "video" : "audio"));
    if (track === undefined || turn !== this.asked[kind]) {
      track?.stop();
      return;
    }
    track.addEventListener("ended", () => this.fail(kind, turn, "used"), { once: true });
    this.states[kind].value = { status: "on", track };
  }

  private fail(kind: CaptureKind, turn: number, failure: CaptureFailure): void {
    if (turn === this.asked[kind]) {
      this.states[kind].value = { status: "failed", failure };
    }
  }

  private release(kind: CaptureKind): void {
    this.asked[kind] += 1;
    const state = this.states[kind].value;
    if (state.status === "on") {
      state.track.stop();
    }
    this.states[kind].value = OFF;
  }

  private async refresh(): Promise<void> {
    this.currentLists.value = await this.port.list();
  }

  /** Something changed outside: what failed is tried again by itself, without a reload. */
  private async react(): Promise<void> {
    await this.refresh();
    for (const kind of KINDS) {
      if (this.states[kind].value.status === "failed" && this.currentChoice.value[kind]) {
        await this.capture(kind);
      }
    }
  }
}
