import { describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { StepName } from "@/features/connection-test/steps";
import { judgeAll } from "@/features/connection-test/steps";
import { Trial } from "@/features/connection-test/trial";
import { FakeTimers } from "@/lib/timers.fake";
import type { TestLine } from "@/media/test-line";
import type { Reading, Way } from "@/media/way";

const BEGUN = { url: "ws://host/", token: "token", expires_in_s: 120 };
const UDP: Way = { protocol: "udp", type: "host", roundTripMs: 20, kilobitsPerSecond: 2500 };
const TCP: Way = { protocol: "tcp", type: "host", roundTripMs: 20, kilobitsPerSecond: 2500 };
const never = () => new Promise<never>(() => undefined);

class FakeLine implements TestLine {
  reading: Reading = { way: UDP, arrived: { sound: true, picture: true }, lost: 0 };
  open = () => Promise.resolve();
  carry = () => Promise.resolve();
  send: TestLine["send"] = () => Promise.resolve(undefined);
  comeBack = () => Promise.resolve();
  close = vi.fn(() => Promise.resolve());
  read = () => Promise.resolve(this.reading);
  goByTcp = () => {
    this.reading = { ...this.reading, way: TCP };
    return Promise.resolve();
  };
}

/** Lets time pass until the trial has nothing more to wait for. */
async function passed(timers: FakeTimers, run: Promise<void>): Promise<void> {
  let isOver = false;
  void run.then(() => {
    isOver = true;
  });
  for (let step = 0; step < 1000 && !isOver; step += 1) {
    timers.advance(500);
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.resolve();
    }
  }
  await run;
}

function trialOf(line: FakeLine, begin: () => Promise<typeof BEGUN> = async () => BEGUN) {
  const timers = new FakeTimers();
  const trial = new Trial({ begin, connect: async () => line, timers });
  const found = (name: StepName) => {
    const step = trial.steps.value.find((one) => one.name === name);
    return [step?.state, step?.finding?.code];
  };
  return { trial, timers, found };
}

async function tried(line: FakeLine, begin?: () => Promise<typeof BEGUN>) {
  const made = trialOf(line, begin);
  await passed(made.timers, made.trial.run());
  return { ...made, outcome: judgeAll(made.trial.steps.value) };
}

describe("Trial", () => {
  it("finds that all is well, and lets go of everything", async () => {
    const line = new FakeLine();
    const { outcome, found, trial } = await tried(line);
    expect(outcome).toBe("good");
    expect(found("udp")).toEqual(["good", "direct"]);
    expect(found("speed")).toEqual(["good", "wide"]);
    expect(found("tcp")).toEqual(["good", "tcpWorks"]);
    expect(line.close).toHaveBeenCalled();
    expect(trial.isRunning.value).toBe(false);
  });

  it.each([
    [new ApiError("unreachable", 0, ""), "silent"],
    [new ApiError("too_many_requests", 429, ""), "busy"],
    [new ApiError("internal", 500, ""), "refused"],
  ])("tries nothing more when the server gives no room", async (error, code) => {
    const { outcome, found } = await tried(new FakeLine(), () => Promise.reject(error));
    expect(found("server")).toEqual(["failed", code]);
    expect(found("socket")).toEqual(["skipped", undefined]);
    expect(outcome).toBe("failed");
  });

  it("says when messages get through and media does not", async () => {
    const line = new FakeLine();
    line.carry = never;
    const { outcome, found } = await tried(line);
    expect(found("socket")).toEqual(["good", "open"]);
    expect(found("udp")).toEqual(["failed", "noMedia"]);
    expect(found("tcp")).toEqual(["failed", "nothingWorks"]);
    expect(found("sound")).toEqual(["skipped", undefined]);
    expect(outcome).toBe("failed");
  });

  it("takes a first way by TCP for UDP that is held back", async () => {
    const line = new FakeLine();
    line.reading = { ...line.reading, way: TCP };
    line.goByTcp = never;
    const { outcome, found } = await tried(line);
    expect(found("udp")).toEqual(["weak", "onlyTcp"]);
    expect(found("tcp")).toEqual(["good", "tcpWorks"]);
    expect(outcome).toBe("weak");
  });

  it("only notes that there is no TCP where UDP works", async () => {
    const line = new FakeLine();
    line.goByTcp = never;
    const { outcome, found } = await tried(line);
    expect(found("tcp")).toEqual(["weak", "tcpFails"]);
    expect(outcome).toBe("weak");
  });

  it("tells a refused microphone from sound that does not arrive", async () => {
    const refused = new FakeLine();
    refused.send = async (what) => (what === "sound" ? "denied" : undefined);
    expect((await tried(refused)).found("sound")).toEqual(["weak", "soundMade"]);
    const lost = new FakeLine();
    lost.reading = { ...lost.reading, arrived: { sound: false, picture: true } };
    expect((await tried(lost)).found("sound")).toEqual(["failed", "notReceived"]);
  });

  it.each([
    [{ kilobitsPerSecond: 200 }, 0, "narrow"],
    [{ kilobitsPerSecond: 600 }, 0, "middling"],
    [{ kilobitsPerSecond: 3000, roundTripMs: 900 }, 0, "narrow"],
    [{ kilobitsPerSecond: 3000 }, 0.2, "narrow"],
  ])("judges what the way carries", async (figures, lost, code) => {
    const line = new FakeLine();
    line.reading = { ...line.reading, way: { ...UDP, ...figures }, lost };
    expect((await tried(line)).found("speed")[1]).toBe(code);
  });

  it("goes on without figures where the browser gives none", async () => {
    const line = new FakeLine();
    line.reading = { ...line.reading, way: { protocol: "udp" } };
    expect((await tried(line)).found("speed")).toEqual(["good", "unmeasured"]);
  });

  it("says that it does not come back", async () => {
    const line = new FakeLine();
    line.comeBack = never;
    expect((await tried(line)).found("reconnect")).toEqual(["weak", "notBack"]);
  });

  it("ends when the page is left, and shows nothing of it in the next one", async () => {
    const line = new FakeLine();
    line.carry = never;
    const { trial, timers } = trialOf(line);
    const run = trial.run();
    await vi.waitFor(() => expect(trial.steps.value[2]?.state).toBe("running"));
    await trial.end();
    expect(line.close).toHaveBeenCalledOnce();
    const before = trial.steps.value;
    await passed(timers, run);
    expect(trial.steps.value).toEqual(before);
  });

  it("says nothing into the next one while it still lets go", async () => {
    const line = new FakeLine();
    let closed = (): void => undefined;
    line.close = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          closed = resolve;
        }),
    );
    const { trial, timers } = trialOf(line, vi.fn(never).mockResolvedValueOnce(BEGUN as never));
    const first = trial.run();
    await passed(
      timers,
      vi.waitFor(() => expect(line.close).toHaveBeenCalled()),
    );
    void trial.run();
    closed();
    await first;
    const states = trial.steps.value.map(({ state }) => state);
    expect(states[0]).toBe("running");
    expect(states.slice(1).every((state) => state === "waiting")).toBe(true);
  });

  it("runs once, however often it is asked to", async () => {
    const begin = vi.fn(async () => BEGUN);
    const { trial, timers } = trialOf(new FakeLine(), begin);
    await passed(
      timers,
      Promise.all([trial.run(), trial.run()]).then(() => undefined),
    );
    expect(begin).toHaveBeenCalledOnce();
  });
});
