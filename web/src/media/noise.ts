/** Takes fans, rain and keyboards out of the own voice, on this device, with GTCRN. */
import { GtcrnWorkletNode, loadGtcrn } from "@sapphi-red/web-noise-suppressor";
import wasm from "@sapphi-red/web-noise-suppressor/gtcrn.wasm?url";
import worklet from "@sapphi-red/web-noise-suppressor/gtcrnWorklet.js?url";
import type { AudioProcessorOptions, Track, TrackProcessor } from "livekit-client";

// The only rate that the worklet takes; it hears the 16 kHz of wideband telephony in it.
const RATE_HZ = 48_000;

/** What livekit-client puts between the microphone and the connection. */
export class NoiseFilter implements TrackProcessor<Track.Kind.Audio, AudioProcessorOptions> {
  readonly name = "gtcrn";
  processedTrack?: MediaStreamTrack;
  private context: AudioContext | undefined;

  async init({ track }: AudioProcessorOptions): Promise<void> {
    const context = new AudioContext({ sampleRate: RATE_HZ });
    this.context = context;
    const [wasmBinary] = await Promise.all([
      loadGtcrn({ url: wasm }),
      context.audioWorklet.addModule(worklet),
    ]);
    const filter = new GtcrnWorkletNode(context, { maxChannels: 1, wasmBinary });
    const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    context
      .createMediaStreamSource(new MediaStream([track]))
      .connect(filter)
      .connect(out);
    const [processed] = out.stream.getAudioTracks();
    if (processed !== undefined) {
      this.processedTrack = processed;
    }
  }

  async restart(options: AudioProcessorOptions): Promise<void> {
    await this.destroy();
    await this.init(options);
  }

  async destroy(): Promise<void> {
    this.processedTrack?.stop();
    delete this.processedTrack;
    await this.context?.close();
    this.context = undefined;
  }
}
