import { beforeEach, describe, expect, it } from "vitest";
import type { CaptureFailure } from "@/features/join/failure";
import { helpFor } from "@/features/join/help";
import type { CaptureState } from "@/features/join/preview";
import { chooseLocale } from "@/i18n/locale";
import type { Platform } from "@/lib/platform";

const OFF: CaptureState = { status: "off" };
const failed = (failure: CaptureFailure): CaptureState => ({ status: "failed", failure });
const CHROME: Platform = { browser: "Chrome", system: "Windows" };

beforeEach(() => chooseLocale("id"));

describe("helpFor", () => {
  it("is silent while nothing failed", () => {
    expect(helpFor(OFF, { status: "asking" }, CHROME)).toBeUndefined();
  });

  it.each([
    ["blocked", "Kamera belum diizinkan"],
    ["system", "Windows menahan kamera untuk browser ini"],
    ["used", "Kamera sedang dipakai aplikasi lain"],
    ["none", "Kamera tidak ditemukan"],
    ["insecure", "Alamat ini tidak memakai https"],
  ] as const)("names the camera's failure %s", (failure, title) => {
    const help = helpFor(failed(failure), OFF, CHROME);
    expect(help?.title).toBe(title);
    expect((help?.steps.length ?? 0) > 0 || help?.line !== undefined).toBe(true);
  });

  it("helps with both at once when both fail alike", () => {
    const help = helpFor(failed("blocked"), failed("blocked"), CHROME);
    expect(help?.title).toBe("Kamera dan mikrofon belum diizinkan");
    expect(help?.kinds).toEqual(["camera", "microphone"]);
  });

  it("helps with the microphone when only it fails", () => {
    const help = helpFor(OFF, failed("none"), CHROME);
    expect(help?.title).toBe("Mikrofon tidak ditemukan");
    expect(help?.kinds).toEqual(["microphone"]);
  });

  it("points at the address only where the sign is", () => {
    expect(helpFor(failed("blocked"), OFF, CHROME)?.showsAddress).toBe(true);
    expect(helpFor(failed("used"), OFF, CHROME)?.showsAddress).toBe(false);
  });

  it("gives Safari its own steps", () => {
    const safari = helpFor(failed("blocked"), OFF, { browser: "Safari", system: "macOS" });
    expect(safari?.steps.join()).toContain("Safari");
    expect(safari?.steps).not.toEqual(helpFor(failed("blocked"), OFF, CHROME)?.steps);
  });
});
