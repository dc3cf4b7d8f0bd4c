import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import { fakeParticipant } from "@/media/participants.fake";
import { type Acting, actOn } from "./acting";

/** A meeting in which one may neither speak nor be seen. */
function heldBack(said: string[], turned: string[]): Acting {
  const { rights } = fakeParticipant("me");
  const self = fakeParticipant("me", {
    isSelf: true,
    rights: { ...rights, speak: false, show: false },
  });
  const device = { state: signal({ isOn: false, isBusy: false, problem: undefined }) };
  const toggle = async (name: string) => void turned.push(name);
  return {
    session: {
      participants: signal([self]),
      own: { microphone: device, camera: device, toggle },
    },
    announcer: { say: (text: string) => said.push(text) },
  } as unknown as Acting;
}

beforeEach(() => chooseLocale("en"));

describe("actOn", () => {
  it("says why a key turns nothing on that is held back", () => {
    const [said, turned]: [string[], string[]] = [[], []];
    const acting = heldBack(said, turned);
    actOn("microphone", acting, false);
    actOn("camera", acting, false);
    expect(turned).toEqual([]);
    expect(said).toEqual([
      "Only hosts may speak right now",
      "Only hosts may turn on the camera right now",
    ]);
  });
});
