/** What stands behind oneself; the filter and its model are loaded when they are first wanted. */
import { LocalVideoTrack, type Room, Track, type VideoCaptureOptions } from "livekit-client";
import { KeptChoice } from "@/lib/kept-choice";
import type { BackgroundFilter, Behind } from "./background";
import garden from "./backgrounds/garden.svg";
import porch from "./backgrounds/porch.svg";
import shelf from "./backgrounds/shelf.svg";

export type Background = "none" | "soft" | "strong" | "porch" | "shelf" | "garden";

/** Addresses of the pictures. */
export const PICTURES = { porch, shelf, garden };

/** Kept in this browser. */
export const backgroundChoice = new KeptChoice<Background>("jumpa.background", [
  "none",
  "soft",
  "strong",
  "porch",
  "shelf",
  "garden",
]);

/** Canvases that cannot blur cannot do any of it. */
export const canChangeBackground =
  typeof CanvasRenderingContext2D === "function" && "filter" in CanvasRenderingContext2D.prototype;

const SOFT_PIXELS = 8;
const STRONG_PIXELS = 20;

/** What to draw for a choice. */
export function behindOf(background: Exclude<Background, "none">): Behind {
  if (background === "soft" || background === "strong") {
    return { kind: "blur", pixels: background === "soft" ? SOFT_PIXELS : STRONG_PIXELS };
  }
  return { kind: "picture", address: PICTURES[background] };
}

/** Puts the filter behind the camera of one room. */
export class BackgroundSwitch {
  private readonly room: Room;
  private filter: BackgroundFilter | undefined;

  constructor(room: Room) {
    this.room = room;
  }

  /** What a camera begins with, so that not one picture of the room goes out before. */
  async captureOptions(): Promise<VideoCaptureOptions> {
    const background = backgroundChoice.now.peek();
    if (background === "none" || this.track() !== undefined) {
      return {};
    }
    const { BackgroundFilter: Filter } = await import("./background");
    this.filter = new Filter(behindOf(background));
    return { processor: this.filter };
  }

  /** Forgets the choice where it cannot be had; true when there was one. */
  giveUp(): boolean {
    const wasWanted = backgroundChoice.now.peek() !== "none";
    backgroundChoice.choose("none");
    this.filter = undefined;
    return wasWanted;
  }

  /** Answers false when it could not be done here; the picture then goes out as it was. */
  async choose(background: Background): Promise<boolean> {
    const before = backgroundChoice.now.peek();
    backgroundChoice.choose(background);
    const track = this.track();
    if (track === undefined) {
      return true;
    }
    try {
      await this.apply(track, background);
      return true;
    } catch {
      backgroundChoice.choose(before);
      return false;
    }
  }

  private track(): LocalVideoTrack | undefined {
    const { localParticipant } = this.room;
    const track = localParticipant.getTrackPublication(Track.Source.Camera)?.track;
    return track instanceof LocalVideoTrack ? track : undefined;
  }

  private async apply(track: LocalVideoTrack, background: Background): Promise<void> {
    if (background === "none") {
      this.filter = undefined;
      await track.stopProcessor();
    } else if (this.filter !== undefined && track.getProcessor() === this.filter) {
      await this.filter.show(behindOf(background));
    } else {
      const { BackgroundFilter: Filter } = await import("./background");
      const filter = new Filter(behindOf(background));
      await track.setProcessor(filter);
      this.filter = filter;
    }
  }
}
