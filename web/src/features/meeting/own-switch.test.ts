import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import type { Session } from "@/media/session";
import { ownSwitch } from "./own-switch";

function session(isOn: boolean): Pick<Session, "own"> {
  const device = { state: signal({ isOn, isBusy: false, problem: undefined }) };
  return { own: { microphone: device, camera: device } } as unknown as Pick<Session, "own">;
}

beforeEach(() => chooseLocale("en"));

describe("ownSwitch", () => {
  it.each([
    [true, false, { isOpen: true, label: "Turn off microphone" }],
    [false, true, { isOpen: true, label: "Turn on microphone" }],
    [false, undefined, { isOpen: true, label: "Turn on microphone" }],
    [false, false, { isOpen: false, label: "Only hosts may speak right now" }],
  ])("of a microphone that is on: %s, with the right: %s", (isOn, speak, told) => {
    const rights = speak === undefined ? undefined : { speak, show: true };
    expect(ownSwitch(session(isOn), "microphone", rights)).toEqual(told);
  });

  it("says why the camera is held back", () => {
    expect(ownSwitch(session(false), "camera", { speak: true, show: false })).toEqual({
      isOpen: false,
      label: "Only hosts may turn on the camera right now",
    });
  });
});
