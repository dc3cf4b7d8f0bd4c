/** Chooses the help for what went wrong with camera and microphone: a title and steps, or one line. */

import type { CaptureKind } from "@/features/join/capture";
import type { CaptureFailure } from "@/features/join/failure";
import type { CaptureState } from "@/features/join/preview";
import { helpText } from "@/features/join/strings";
import type { Platform } from "@/lib/platform";

export interface Help {
  title: string;
  steps: readonly string[];
  line?: string;
  /** Which devices are asked for again by the button below the steps. */
  kinds: readonly CaptureKind[];
  /** True where the sign left of the address is what to press. */
  showsAddress: boolean;
}

interface Trouble {
  failure: CaptureFailure;
  kinds: readonly CaptureKind[];
}

/** Help for the most telling failure; the camera's stands first, since it leaves the place empty. */
export function helpFor(
  camera: CaptureState,
  microphone: CaptureState,
  platform: Platform,
): Help | undefined {
  const trouble = worst(camera, microphone);
  return trouble === undefined ? undefined : explain(trouble, platform);
}

function worst(camera: CaptureState, microphone: CaptureState): Trouble | undefined {
  if (camera.status === "failed") {
    const isShared = microphone.status === "failed" && microphone.failure === camera.failure;
    return { failure: camera.failure, kinds: isShared ? ["camera", "microphone"] : ["camera"] };
  }
  return microphone.status === "failed"
    ? { failure: microphone.failure, kinds: ["microphone"] }
    : undefined;
}

function explain({ failure, kinds }: Trouble, platform: Platform): Help {
  const text = helpText();
  const isCamera = kinds.includes("camera");
  const device = kinds.length === 2 ? text.both : isCamera ? text.camera : text.microphone;
  const one = isCamera ? text.camera : text.microphone;
  const help = (title: string, steps: readonly string[]) => ({
    title,
    steps,
    kinds,
    showsAddress: false,
  });
  switch (failure) {
    case "insecure":
      return { ...help(text.insecure, []), line: text.insecureLine };
    case "system": {
      const title = isCamera ? text.systemCamera : text.systemMicrophone;
      return help(
        title(platform.system),
        text.systemSteps(platform.system, platform.browser, device),
      );
    }
    case "used":
      return help(isCamera ? text.usedCamera : text.usedMicrophone, text.usedSteps(one));
    case "none":
      return help(isCamera ? text.noCamera : text.noMicrophone, text.noneSteps(one));
    case "blocked":
      return {
        ...help(blockedTitle(kinds), siteSteps(platform, device, isCamera)),
        showsAddress: true,
      };
  }
}

function blockedTitle(kinds: readonly CaptureKind[]): string {
  const text = helpText();
  if (kinds.length === 2) {
    return text.blockedBoth;
  }
  return kinds.includes("camera") ? text.blockedCamera : text.blockedMicrophone;
}

function siteSteps({ browser }: Platform, device: string, isCamera: boolean): readonly string[] {
  const text = helpText();
  const after = isCamera ? text.pictureAppears : text.soundFollows;
  return browser === "Safari" ? text.safariSteps(device) : text.siteSteps(browser, device, after);
}

/** What the tile of a device that cannot be had says: what to allow, or what is missing. */
export function tileTitle(kind: CaptureKind, failure: CaptureFailure): string {
  const { allow, used, none } = helpText().tiles[kind];
  const titles = { blocked: allow, system: allow, insecure: allow, used, none };
  return titles[failure];
}
