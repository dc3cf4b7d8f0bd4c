/** The own picture with the chosen background, for oneself, before there is a room. */
import type { Background } from "./background-choice";
import { behindOf } from "./background-choice";

export interface Backdrop {
  /** What the others will see. */
  track: MediaStreamTrack;
  /** Ends the filter; the camera goes on. */
  close: () => void;
}

/** Puts the background behind the camera; rejects where the device cannot. */
export async function openBackdrop(
  camera: MediaStreamTrack,
  background: Exclude<Background, "none">,
): Promise<Backdrop> {
  const { BackgroundFilter } = await import("./background");
  const filter = new BackgroundFilter(behindOf(background));
  await filter.begin(camera);
  const track = filter.processedTrack;
  if (track === undefined) {
    await filter.destroy();
    throw new Error("the filter gave no picture");
  }
  return { track, close: () => void filter.destroy() };
}
