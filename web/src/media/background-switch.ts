/** What stands behind oneself; the filter and its model are loaded when they are first wanted. */
import { LocalVideoTrack, type Room, Track, type VideoCaptureOptions } from "livekit-client";
import type { BackgroundFilter } from "./background";
import { type Background, backgroundChoice, behindOf } from "./background-choice";

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
