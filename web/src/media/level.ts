/** How loud a microphone is right now. */

const QUIETEST_DB = -60;
const LOUDEST_DB = -12;
const EVERY_MS = 66;

/** Turns samples between -1 and 1 into a level between 0 and 1 that grows as ears hear it. */
export function levelOf(samples: Float32Array): number {
  if (samples.length === 0) {
    return 0;
  }
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power + Number.EPSILON);
  return Math.min(1, Math.max(0, (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}

/** Reports the level until the returned function is called: as often as eyes follow, not with every frame painted. */
export function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const measure = (): void => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples));
  };
  measure();
  const timer = setInterval(measure, EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
