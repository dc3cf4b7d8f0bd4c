/** What stands behind oneself; the filter and its model are loaded when they are first wanted. */
import { LocalVideoTrack, type Room, RoomEvent, Track } from "livekit-client";
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
    room.on(RoomEvent.LocalTrackPublished, ({ source }) => {
      if (source === Track.Source.Camera && backgroundChoice.now.peek() !== "none") {
        void this.choose(backgroundChoice.now.peek());
      }
    });
  }

  /** Answers false when it could not be done here; the picture then goes out as it is. */
  async choose(background: Background): Promise<boolean> {
    backgroundChoice.choose(background);
    const { localParticipant } = this.room;
    const track = localParticipant.getTrackPublication(Track.Source.Camera)?.track;
    if (!(track instanceof LocalVideoTrack)) {
      return true;
    }
    try {
      await this.apply(track, background);
      return true;
    } catch {
      backgroundChoice.choose("none");
      this.filter = undefined;
      return false;
    }
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
