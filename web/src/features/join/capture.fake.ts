/** A browser's devices for tests: they give and refuse as told. */

import type { CapturePort } from "@/features/join/capture";
import { NO_DEVICES } from "@/media/device-list";

type Asked = MediaStreamConstraints;

/** The devices of a browser: says which tracks it gives, or what it throws. */
export class FakeCapture implements CapturePort {
  isAvailable = true;
  asked: Asked[] = [];
  tracks: FakeTrack[] = [];
  refuse: (constraints: Asked) => DOMException | undefined = () => undefined;
  private onChange = (): void => undefined;

  capture = (constraints: Asked): Promise<MediaStreamTrack[]> => {
    this.asked.push(constraints);
    const error = this.refuse(constraints);
    if (error !== undefined) {
      return Promise.reject(error);
    }
    const kinds = [constraints.audio ? "audio" : "", constraints.video ? "video" : ""];
    const given = kinds.filter(Boolean).map((kind) => new FakeTrack(kind));
    this.tracks.push(...given);
    return Promise.resolve(given as unknown as MediaStreamTrack[]);
  };
  list = () => Promise.resolve(NO_DEVICES);
  watch = (onChange: () => void) => {
    this.onChange = onChange;
    return () => {
      this.onChange = () => undefined;
    };
  };
  change = () => this.onChange();
}

class FakeTrack extends EventTarget {
  readonly kind: string;
  isStopped = false;

  constructor(kind: string) {
    super();
    this.kind = kind;
  }

  stop(): void {
    this.isStopped = true;
  }
}
