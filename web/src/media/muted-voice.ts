/** Notices that somebody talks into a microphone that is off. */
import { watchLevel } from "./level";

const LOUD = 0.5;
const QUIET = 0.35;
const WINDOW_MS = 3000;
const SYLLABLES = 3;

/** Tells speech from a hum: speech swells and falls, several times in three seconds. */
export class SpeechWatch {
  private isLoud = false;
  private swells: number[] = [];

  /** Takes the level of a moment, from 0 to 1; true once enough syllables were heard. */
  hear(level: number, nowMs: number): boolean {
    if (!this.isLoud && level >= LOUD) {
      this.isLoud = true;
      this.swells = [...this.swells.filter((at) => nowMs - at < WINDOW_MS), nowMs];
    } else if (this.isLoud && level <= QUIET) {
      this.isLoud = false;
    }
    return this.swells.length >= SYLLABLES;
  }
}

/** Listens to a copy of a muted microphone, which nobody else hears, until told to stop or until speech was heard. */
export function watchMutedVoice(muted: MediaStreamTrack, onSpeech: () => void): () => void {
  const copy = muted.clone();
  copy.enabled = true;
  const speech = new SpeechWatch();
  let isDone = false;
  const unwatch = watchLevel(copy, (level) => {
    if (!isDone && speech.hear(level, performance.now())) {
      isDone = true;
      onSpeech();
    }
  });
  return () => {
    unwatch();
    copy.stop();
  };
}
