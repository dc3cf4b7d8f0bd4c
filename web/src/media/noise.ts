/** Takes fans, rain and keyboards out of the own voice, on this device, with RNNoise. */
import { loadRnnoise, RnnoiseWorkletNode } from "@sapphi-red/web-noise-suppressor";
import wasm from "@sapphi-red/web-noise-suppressor/rnnoise.wasm?url";
import wasmWide from "@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url";
import worklet from "@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url";
import type { AudioProcessorOptions, Track, TrackProcessor } from "livekit-client";

// The only rate that RNNoise was trained for.
const RATE_HZ = 48_000;

/** What livekit-client puts between the microphone and the connection. */
export class NoiseFilter implements TrackProcessor<Track.Kind.Audio, AudioProcessorOptions> {
  readonly name = "rnnoise";
  processedTrack?: MediaStreamTrack;
  private context: AudioContext | undefined;

  async init({ track }: AudioProcessorOptions): Promise<void> {
    const context = new AudioContext({ sampleRate: RATE_HZ });
    this.context = context;
    const [wasmBinary] = await Promise.all([
      loadRnnoise({ url: wasm, simdUrl: wasmWide }),
      context.audioWorklet.addModule(worklet),
    ]);
    const filter = new RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary });
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
