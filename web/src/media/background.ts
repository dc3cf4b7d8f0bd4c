/** Puts something else behind oneself: the same room out of focus, or a picture. */
import type { Track, TrackProcessor, VideoProcessorOptions } from "livekit-client";
import { browserTimers } from "@/lib/timers";
import { openSegmentation, type Segmentation, type Segmented } from "./segmentation";

export type Behind = { kind: "blur"; pixels: number } | { kind: "picture"; address: string };

const FRAME_MS = 40;
/** Softens the edge of the mask, in pixels. */
const EDGE = 3;
const PICTURES_PER_SECOND = 25;

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a picture of this size covers the frame without being squeezed. */
export function covering(picture: { width: number; height: number }, frame: Place): Place {
  const scale = Math.max(frame.width / picture.width, frame.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (frame.width - width) / 2, y: (frame.height - height) / 2, width, height };
}

async function loadPicture(address: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
}

async function playing(track: MediaStreamTrack): Promise<HTMLVideoElement> {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  await video.play();
  return video;
}

/** What livekit-client puts between the camera and the connection. */
export class BackgroundFilter implements TrackProcessor<Track.Kind.Video, VideoProcessorOptions> {
  readonly name = "background";
  processedTrack?: MediaStreamTrack;
  private behind: Behind;
  private picture: HTMLImageElement | undefined;
  private segmentation: Segmentation | undefined;
  private video: HTMLVideoElement | undefined;
  private stopTimer: () => void = () => undefined;
  private readonly canvas = document.createElement("canvas");

  constructor(behind: Behind) {
    this.behind = behind;
  }

  /** Shows something else behind, from the next picture on. */
  async show(behind: Behind): Promise<void> {
    const picture = behind.kind === "picture" ? await loadPicture(behind.address) : undefined;
    this.behind = behind;
    this.picture = picture;
  }

  init({ track }: VideoProcessorOptions): Promise<void> {
    return this.begin(track);
  }

  /** Reads this camera; what goes out is `processedTrack`. */
  async begin(track: MediaStreamTrack): Promise<void> {
    const [segmentation, video] = await Promise.all([
      openSegmentation(),
      playing(track),
      this.show(this.behind),
    ]);
    this.segmentation = segmentation;
    this.video = video;
    segmentation.onResults((results) => this.draw(results));
    await this.next();
    const [processed] = this.canvas.captureStream(PICTURES_PER_SECOND).getVideoTracks();
    if (processed !== undefined) {
      this.processedTrack = processed;
    }
  }

  async restart(options: VideoProcessorOptions): Promise<void> {
    await this.destroy();
    await this.init(options);
  }

  async destroy(): Promise<void> {
    this.stopTimer();
    this.processedTrack?.stop();
    delete this.processedTrack;
    this.video?.pause();
    this.video = undefined;
    const { segmentation } = this;
    this.segmentation = undefined;
    await segmentation?.close();
  }

  private async next(): Promise<void> {
    const begunMs = browserTimers.now();
    const { segmentation, video } = this;
    if (segmentation === undefined || video === undefined) {
      return;
    }
    if (video.videoWidth > 0) {
      this.canvas.width = video.videoWidth;
      this.canvas.height = video.videoHeight;
      await segmentation.send({ image: video });
    }
    const leftMs = Math.max(0, FRAME_MS - (browserTimers.now() - begunMs));
    // A timer, not a frame of the page: the picture goes on while the page is hidden.
    this.stopTimer = browserTimers.after(leftMs, () => {
      // A picture that fails is left out; the one before stays.
      this.next().catch(() => undefined);
    });
  }

  private draw({ image, segmentationMask }: Segmented): void {
    const context = this.canvas.getContext("2d");
    if (context === null) {
      return;
    }
    const { width, height } = this.canvas;
    const frame = { x: 0, y: 0, width, height };
    context.globalCompositeOperation = "copy";
    context.filter = `blur(${EDGE}px)`;
    context.drawImage(segmentationMask, 0, 0, width, height);
    context.globalCompositeOperation = "source-in";
    context.filter = "none";
    context.drawImage(image, 0, 0, width, height);
    context.globalCompositeOperation = "destination-over";
    if (this.picture !== undefined) {
      const place = covering(this.picture, frame);
      context.drawImage(this.picture, place.x, place.y, place.width, place.height);
    } else if (this.behind.kind === "blur") {
      context.filter = `blur(${this.behind.pixels}px)`;
      context.drawImage(image, 0, 0, width, height);
    }
  }
}
