/** Tries a connection step by step; what does not work tells what is not worth trying after it. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import type { BegunTest } from "@/api/connection-tests";
import { pause, within } from "@/features/connection-test/patience";
import {
  type Finding,
  judgeSent,
  judgeSpeed,
  judgeTcp,
  judgeWay,
  STEPS,
  type Step,
  type StepName,
  type Verdict,
} from "@/features/connection-test/steps";
import type { Timers } from "@/lib/timers";
import type { Sent, TestLine } from "@/media/test-line";
import type { Reading, Way } from "@/media/way";

const OPEN_MS = 15_000;
/** A network that drops packets in silence is waited for about as long as a client waits. */
const CARRY_MS = 25_000;
const BACK_MS = 20_000;
const LOOK_MS = 500;
const LOOKS = 16;
const SPEED_LOOKS = 12;

export interface TrialPorts {
  begin: () => Promise<BegunTest>;
  /** Loads what connects, which is large. */
  connect: (url: string, token: string) => Promise<TestLine>;
  timers: Timers;
}

/** One trial after another on the same page; what is on the screen belongs to the last one. */
export class Trial {
  private readonly ports: TrialPorts;
  private readonly currentSteps = signal<readonly Step[]>(blank());
  private readonly currentRunning = signal(false);
  private line: TestLine | undefined;
  private turn = 0;

  constructor(ports: TrialPorts) {
    this.ports = ports;
  }

  get steps(): ReadonlySignal<readonly Step[]> {
    return this.currentSteps;
  }

  get isRunning(): ReadonlySignal<boolean> {
    return this.currentRunning;
  }

  /** Try everything anew; resolves when all is said. */
  async run(): Promise<void> {
    if (this.currentRunning.value) {
      return;
    }
    this.turn += 1;
    const { turn } = this;
    this.currentSteps.value = blank();
    this.currentRunning.value = true;
    try {
      await this.tryAll(turn);
    } finally {
      if (turn === this.turn) {
        // Letting go takes a while, in which the next trial may begin: what is said comes first.
        this.skipRest();
        await this.end();
      }
    }
  }

  /** Let go of devices and connection; a trial that is under way is over. */
  async end(): Promise<void> {
    this.turn += 1;
    this.currentRunning.value = false;
    const { line } = this;
    this.line = undefined;
    await line?.close().catch(() => undefined);
  }

  private async tryAll(turn: number): Promise<void> {
    const begun = await this.step(turn, "server", () => this.askServer());
    const line = begun && (await this.step(turn, "socket", () => this.open(begun)));
    if (line === undefined || turn !== this.turn) {
      return;
    }
    const way = await this.step(turn, "udp", () => this.carry(line));
    if (turn !== this.turn) {
      return;
    }
    if (way === undefined) {
      this.put("tcp", judgeTcp(undefined, undefined));
      return;
    }
    await this.step(turn, "sound", () => this.send(line, "sound"));
    await this.step(turn, "picture", () => this.send(line, "picture"));
    await this.step(turn, "speed", () => this.measure(line));
    await this.step(turn, "reconnect", () => this.comeBack(line));
    await this.step(turn, "tcp", () => this.goByTcp(line, way));
  }

  /** Runs one step of the trial that is on the screen; answers what the next ones need. */
  private async step<T>(
    turn: number,
    name: StepName,
    attempt: () => Promise<readonly [Verdict, T]>,
  ): Promise<T | undefined> {
    if (turn !== this.turn) {
      return undefined;
    }
    this.put(name);
    const [verdict, outcome] = await attempt();
    if (turn !== this.turn) {
      return undefined;
    }
    this.put(name, verdict);
    return outcome;
  }

  private async askServer(): Promise<readonly [Verdict, BegunTest | undefined]> {
    const since = this.ports.timers.now();
    try {
      const begun = await this.ports.begin();
      return [{ state: "good", finding: { code: "answered", ms: this.since(since) } }, begun];
    } catch (error) {
      return [{ state: "failed", finding: refusal(error) }, undefined];
    }
  }

  private async open(begun: BegunTest): Promise<readonly [Verdict, TestLine | undefined]> {
    const { turn } = this;
    const since = this.ports.timers.now();
    let line: TestLine | undefined;
    try {
      line = await this.ports.connect(begun.url, begun.token);
      if (turn !== this.turn) {
        return [{ state: "failed", finding: { code: "shut" } }, undefined];
      }
      this.line = line;
      await within(this.ports.timers, OPEN_MS, line.open());
      return [{ state: "good", finding: { code: "open", ms: this.since(since) } }, line];
    } catch {
      return [{ state: "failed", finding: { code: "shut" } }, undefined];
    }
  }

  private async carry(line: TestLine): Promise<readonly [Verdict, Way | undefined]> {
    try {
      await within(this.ports.timers, CARRY_MS, line.carry());
      const way = await this.look(line, (reading) => reading.way);
      return [judgeWay(way), way];
    } catch {
      return [judgeWay(undefined), undefined];
    }
  }

  private async send(line: TestLine, what: Sent): Promise<readonly [Verdict, true]> {
    try {
      const problem = await line.send(what);
      const hasArrived = await this.look(line, ({ arrived }) => arrived[what] || undefined);
      return [judgeSent(what, hasArrived === true, problem), true];
    } catch {
      return [judgeSent(what, false, undefined), true];
    }
  }

  private async measure(line: TestLine): Promise<readonly [Verdict, true]> {
    const readings: Reading[] = [];
    for (let look = 0; look < SPEED_LOOKS; look += 1) {
      await pause(this.ports.timers, LOOK_MS);
      readings.push(await line.read().catch(() => NOTHING));
    }
    return [judgeSpeed(readings), true];
  }

  private async comeBack(line: TestLine): Promise<readonly [Verdict, true]> {
    const since = this.ports.timers.now();
    try {
      await within(this.ports.timers, BACK_MS, line.comeBack());
      return [{ state: "good", finding: { code: "back", ms: this.since(since) } }, true];
    } catch {
      return [{ state: "weak", finding: { code: "notBack" } }, true];
    }
  }

  private async goByTcp(line: TestLine, first: Way): Promise<readonly [Verdict, true]> {
    if (first.protocol === "tcp") {
      return [judgeTcp(first, first), true];
    }
    try {
      await within(this.ports.timers, BACK_MS, line.goByTcp());
      const later = await this.look(line, ({ way }) => (way?.protocol === "tcp" ? way : undefined));
      return [judgeTcp(first, later), true];
    } catch {
      return [judgeTcp(first, undefined), true];
    }
  }

  /** Looks several times until there is something to see. */
  private async look<T>(
    line: TestLine,
    found: (reading: Reading) => T | undefined,
  ): Promise<T | undefined> {
    for (let look = 0; look < LOOKS; look += 1) {
      const seen = found(await line.read());
      if (seen !== undefined) {
        return seen;
      }
      await pause(this.ports.timers, LOOK_MS);
    }
    return undefined;
  }

  private put(name: StepName, verdict?: Verdict): void {
    this.currentSteps.value = this.currentSteps.value.map((step) =>
      step.name === name ? { name, ...(verdict ?? { state: "running" }) } : step,
    );
  }

  private skipRest(): void {
    this.currentSteps.value = this.currentSteps.value.map((step) =>
      step.state === "waiting" || step.state === "running"
        ? { name: step.name, state: "skipped" }
        : step,
    );
  }

  private since(startMs: number): number {
    return Math.round(this.ports.timers.now() - startMs);
  }
}

const NOTHING: Reading = { way: undefined, arrived: { sound: false, picture: false }, lost: 0 };

function blank(): Step[] {
  return STEPS.map((name) => ({ name, state: "waiting" }));
}

function refusal(error: unknown): Finding {
  if (!(error instanceof ApiError) || error.status === 0) {
    return { code: "silent" };
  }
  return { code: error.status === 429 ? "busy" : "refused" };
}
