/** Short tones: the chord of a speaker test, and those that tell of something. */

const CHORD_HZ = [523.25, 659.25, 783.99];
const NOTE_S = 0.22;
const TEST_VOLUME = 0.18;

/** Plays notes one after the other on one speaker, or on the browser's own choice; resolves when they have sounded. */
export async function playNotes(
  notesHz: readonly number[],
  volume: number,
  speakerId: string | undefined,
): Promise<void> {
  const context = new AudioContext();
  if (speakerId !== undefined && "setSinkId" in context) {
    await (context.setSinkId as (id: string) => Promise<void>)(speakerId).catch(() => undefined);
  }
  const last = notesHz
    .map((frequency, index) => note(context, { frequency, delayS: index * NOTE_S, volume }))
    .at(-1);
  await new Promise((resolve) => last?.addEventListener("ended", resolve, { once: true }));
  await context.close();
}

/** Plays a chord by which people hear whether their speaker works. */
export function playTone(speakerId: string | undefined): Promise<void> {
  return playNotes(CHORD_HZ, TEST_VOLUME, speakerId);
}

interface Note {
  frequency: number;
  delayS: number;
  volume: number;
}

function note(context: AudioContext, { frequency, delayS, volume }: Note): OscillatorNode {
  const oscillator = new OscillatorNode(context, { frequency });
  const gain = new GainNode(context, { gain: 0 });
  const start = context.currentTime + delayS;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S * 2);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + NOTE_S * 2);
  return oscillator;
}
