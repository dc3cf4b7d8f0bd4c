import { describe, expect, it } from "vitest";
import { DeviceSwitch, problemOf } from "./switch";

class Device {
  readonly calls: boolean[] = [];
  private readonly waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];

  readonly turn = (isOn: boolean): Promise<void> => {
    this.calls.push(isOn);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  };

  async succeed(): Promise<void> {
    this.waiting.shift()?.resolve();
    await settle();
  }

  async fail(name: string): Promise<void> {
    const error = new Error(name);
    error.name = name;
    this.waiting.shift()?.reject(error);
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await Promise.resolve();
  }
}

describe("DeviceSwitch", () => {
  it("is busy until the device answers", async () => {
    const device = new Device();
    const microphone = new DeviceSwitch(device.turn);
    const done = microphone.set(true);
    expect(microphone.state.value).toMatchObject({ isOn: false, isBusy: true });
    await device.succeed();
    await done;
    expect(microphone.state.value).toMatchObject({ isOn: true, isBusy: false });
  });

  it("lets the last of many wishes win", async () => {
    const device = new Device();
    const microphone = new DeviceSwitch(device.turn);
    const done = microphone.toggle();
    void microphone.toggle();
    await device.succeed();
    await device.succeed();
    await done;
    expect(device.calls).toEqual([true, false]);
    expect(microphone.state.value.isOn).toBe(false);
  });

  it("does nothing when the wish returned to what is", async () => {
    const device = new Device();
    const microphone = new DeviceSwitch(device.turn);
    const done = microphone.toggle();
    void microphone.toggle();
    void microphone.toggle();
    await device.succeed();
    await done;
    expect(device.calls).toEqual([true]);
    expect(microphone.state.value.isOn).toBe(true);
  });

  it("stays off and says why when permission is missing, and can be tried again", async () => {
    const device = new Device();
    const camera = new DeviceSwitch(device.turn);
    const refused = camera.set(true);
    await device.fail("NotAllowedError");
    expect(await refused).toBe("denied");
    expect(camera.state.value).toEqual({ isOn: false, isBusy: false, problem: "denied" });
    const allowed = camera.toggle();
    await device.succeed();
    expect(await allowed).toBeUndefined();
    expect(camera.state.value).toEqual({ isOn: true, isBusy: false, problem: undefined });
  });

  it("follows a mute by the server", async () => {
    const device = new Device();
    const microphone = new DeviceSwitch(device.turn);
    const done = microphone.set(true);
    await device.succeed();
    await done;
    microphone.follow(false);
    expect(microphone.state.value.isOn).toBe(false);
    void microphone.toggle();
    expect(device.calls).toEqual([true, true]);
  });
});

describe("problemOf", () => {
  it("knows each way a device refuses", () => {
    const named = (name: string) => Object.assign(new Error(""), { name });
    expect(problemOf(named("NotFoundError"))).toBe("missing");
    expect(problemOf(named("NotReadableError"))).toBe("taken");
    expect(problemOf(named("TypeError"))).toBe("failed");
    expect(problemOf("text")).toBe("failed");
  });
});
