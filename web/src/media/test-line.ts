/** A connection that exists to be tried: no screen shows it, and nobody is at the other end. */
import {
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  Track,
  VideoPresets,
} from "livekit-client";
import { type Problem, problemOf } from "./switch";
import { type Reading, readConnection } from "./way";

export type Sent = "sound" | "picture";

/** What can be tried on a connection; whatever does not come about rejects. */
export interface TestLine {
  /** Resolves once the server speaks with us. */
  open(): Promise<void>;
  /** Resolves once media can travel. */
  carry(): Promise<void>;
  /** Sends the own device, or something drawn or played in its place; answers why it is in its place. */
  send(what: Sent): Promise<Problem | undefined>;
  read(): Promise<Reading>;
  /** Loses the signal connection and waits until it stands again. */
  comeBack(): Promise<void>;
  /** Asks the server for TCP alone and waits until the connection stands again. */
  goByTcp(): Promise<void>;
  close(): Promise<void>;
}

const TONE_HZ = 440;
const FRAMES_PER_SECOND = 15;
const { width: WIDTH, height: HEIGHT } = VideoPresets.h720;

/** A tone so low that it is only there to be sent. */
function madeSound(context: AudioContext): MediaStreamTrack | undefined {
  const out = new MediaStreamAudioDestinationNode(context);
  const tone = new OscillatorNode(context, { frequency: TONE_HZ });
  tone.connect(new GainNode(context, { gain: 0.05 })).connect(out);
  tone.start();
  return out.stream.getAudioTracks()[0];
}

/** Something that moves, so that there is something to send. */
function madePicture(onStop: (stop: () => void) => void): MediaStreamTrack | undefined {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext("2d");
  let step = 0;
  const draw = (): void => {
    if (pen !== null) {
      step += 1;
      pen.fillStyle = `hsl(${(step * 7) % 360} 60% 40%)`;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = "white";
      pen.fillRect((step * 23) % canvas.width, canvas.height / 3, 120, 120);
    }
  };
  const timer = setInterval(draw, 1000 / FRAMES_PER_SECOND);
  onStop(() => clearInterval(timer));
  return canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks()[0];
}

class LiveTestLine implements TestLine {
  // Nobody looks, so a client that sends only what is looked at would send nothing.
  private readonly room = new Room({ dynacast: false, singlePeerConnection: false });
  private readonly url: string;
  private readonly token: string;
  private readonly stops: (() => void)[] = [];
  private connecting: Promise<void> | undefined;
  private isClosed = false;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.room.once(RoomEvent.SignalConnected, () => resolve());
      this.connecting = this.room.connect(this.url, this.token);
      this.connecting.catch(reject);
    });
  }

  async carry(): Promise<void> {
    await this.connecting;
  }

  async send(what: Sent): Promise<Problem | undefined> {
    let problem: Problem | undefined;
    let track: MediaStreamTrack | undefined;
    try {
      const wanted = what === "sound" ? { audio: true } : { video: { width: WIDTH } };
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      track = stream.getTracks()[0];
    } catch (error) {
      problem = problemOf(error);
      track = this.isClosed ? undefined : this.made(what);
    }
    if (track === undefined || this.isClosed) {
      // Somebody who allows the camera after leaving the page must not see it light up.
      track?.stop();
      return problem ?? "failed";
    }
    this.stops.push(() => track.stop());
    await this.publish(what, track);
    return problem;
  }

  async read(): Promise<Reading> {
    const { publisher, subscriber } = this.room.engine.pcManager ?? {};
    const entries: Record<string, unknown>[] = [];
    for (const connection of [publisher, subscriber]) {
      const report = await connection?.getStats();
      report?.forEach((entry: Record<string, unknown>) => {
        entries.push(entry);
      });
      // The one that sends tells most, once it stands.
      if (readConnection(entries).way !== undefined) {
        break;
      }
    }
    return readConnection(entries);
  }

  comeBack(): Promise<void> {
    return this.restored(() => this.room.simulateScenario("signal-reconnect"));
  }

  goByTcp(): Promise<void> {
    return this.restored(() => this.room.simulateScenario("force-tcp"));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const stop of this.stops.splice(0)) {
      stop();
    }
    await this.room.disconnect();
  }

  private made(what: Sent): MediaStreamTrack | undefined {
    if (what === "picture") {
      return madePicture((stop) => this.stops.push(stop));
    }
    const context = new AudioContext();
    this.stops.push(() => void context.close());
    return madeSound(context);
  }

  private async publish(what: Sent, track: MediaStreamTrack): Promise<void> {
    const local = this.room.localParticipant;
    if (what === "sound") {
      await local.publishTrack(new LocalAudioTrack(track), {
        source: Track.Source.Microphone,
        dtx: false,
      });
    } else {
      await local.publishTrack(new LocalVideoTrack(track), {
        source: Track.Source.Camera,
        simulcast: true,
        videoCodec: "vp8",
      });
    }
  }

  private restored(breakIt: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.room.once(RoomEvent.Reconnected, () => resolve());
      this.room.once(RoomEvent.Disconnected, () => reject(new Error("it did not come back")));
      breakIt().catch(reject);
    });
  }
}

/** A line that is not open yet. */
export function createTestLine(url: string, token: string): TestLine {
  return new LiveTestLine(url, token);
}
