/** Turns a device on and off: one change at a time, and the last wish wins. */
import { type ReadonlySignal, signal } from "@preact/signals";

/** Why a device could not be turned on. */
export type Problem = "denied" | "missing" | "taken" | "failed";

export interface SwitchState {
  isOn: boolean;
  isBusy: boolean;
  problem: Problem | undefined;
}

const PROBLEMS = new Map<string, Problem>([
  ["NotAllowedError", "denied"],
  ["PermissionDeniedError", "denied"],
  ["SecurityError", "denied"],
  ["NotFoundError", "missing"],
  ["DevicesNotFoundError", "missing"],
  ["OverconstrainedError", "missing"],
  ["NotReadableError", "taken"],
  ["TrackStartError", "taken"],
  ["AbortError", "taken"],
]);

/** Reads the name of a DOMException, as W3C Media Capture and Streams defines them. */
export function problemOf(error: unknown): Problem {
  const name = error instanceof Error ? error.name : "";
  return PROBLEMS.get(name) ?? "failed";
}

/** A microphone, camera or screen that a person turns on and off. */
export class DeviceSwitch {
  private readonly turn: (isOn: boolean) => Promise<void>;
  private readonly current = signal<SwitchState>({
    isOn: false,
    isBusy: false,
    problem: undefined,
  });
  private wish = false;

  constructor(turn: (isOn: boolean) => Promise<void>) {
    this.turn = turn;
  }

  get state(): ReadonlySignal<SwitchState> {
    return this.current;
  }

  /** Answers the problem when the device could not be turned on. */
  async set(isOn: boolean): Promise<Problem | undefined> {
    this.wish = isOn;
    if (this.current.peek().isBusy) {
      return undefined;
    }
    let problem: Problem | undefined;
    this.update({ isBusy: true });
    while (problem === undefined && this.wish !== this.current.peek().isOn) {
      problem = await this.change(this.wish);
    }
    this.wish = this.current.peek().isOn;
    this.update({ isBusy: false, problem });
    return problem;
  }

  toggle(): Promise<Problem | undefined> {
    return this.set(!this.wish);
  }

  /** Follows a change that someone else made: the server muted us, or the device went away. */
  follow(isOn: boolean): void {
    if (!this.current.peek().isBusy && this.current.peek().isOn !== isOn) {
      this.wish = isOn;
      this.update({ isOn });
    }
  }

  private async change(isOn: boolean): Promise<Problem | undefined> {
    try {
      await this.turn(isOn);
      this.update({ isOn });
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  private update(change: Partial<SwitchState>): void {
    this.current.value = { ...this.current.peek(), ...change };
  }
}
