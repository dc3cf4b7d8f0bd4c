/** A short chord by which people hear whether their speaker works. */

const NOTES_HZ = [523.25, 659.25, 783.99];
const NOTE_S = 0.22;

/** Play it on one speaker, or on the browser's own choice; resolves when it has sounded. */
export async function playTone(speakerId: string | undefined): Promise<void> {
  const context = new AudioContext();
  if (speakerId !== undefined && "setSinkId" in context) {
    await (context.setSinkId as (id: string) => Promise<void>)(speakerId).catch(() => undefined);
  }
  const last = NOTES_HZ.map((frequency, index) => note(context, frequency, index * NOTE_S)).at(-1);
  await new Promise((resolve) => last?.addEventListener("ended", resolve, { once: true }));
  await context.close();
}

function note(context: AudioContext, frequency: number, delayS: number): OscillatorNode {
  const oscillator = new OscillatorNode(context, { frequency });
  const gain = new GainNode(context, { gain: 0 });
  const start = context.currentTime + delayS;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.18, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S * 2);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + NOTE_S * 2);
  return oscillator;
}
