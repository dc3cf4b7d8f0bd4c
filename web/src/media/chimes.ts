/** Short sounds that tell of something without a look at the screen; each can be turned off. */
import { KeptSwitch } from "@/lib/kept-choice";

export const CHIMES = ["knock", "hand", "message", "join"] as const;
export type Chime = (typeof CHIMES)[number];

const NOTES_HZ: Record<Chime, readonly number[]> = {
  knock: [659.25, 523.25, 659.25],
  hand: [587.33, 880],
  message: [783.99],
  join: [440, 554.37],
};
const VOLUME = 0.07;

/** Which of them sound; kept in this browser. */
export const chimeChoices: Record<Chime, KeptSwitch> = {
  knock: new KeptSwitch("jumpa.chime.knock", "on"),
  hand: new KeptSwitch("jumpa.chime.hand", "on"),
  message: new KeptSwitch("jumpa.chime.message", "off"),
  join: new KeptSwitch("jumpa.chime.join", "off"),
};

/** As `playNotes`. */
export type NotePlayer = (
  notesHz: readonly number[],
  volume: number,
  speakerId: string | undefined,
) => Promise<void>;

/** Plays one at a time; what comes meanwhile is not heard, since the one before already called for a look. */
export class Chimes {
  private readonly play: NotePlayer;
  private readonly speakerId: () => string | undefined;
  private isPlaying = false;

  constructor(play: NotePlayer, speakerId: () => string | undefined) {
    this.play = play;
    this.speakerId = speakerId;
  }

  async sound(chime: Chime): Promise<void> {
    if (this.isPlaying || !chimeChoices[chime].isOn) {
      return;
    }
    this.isPlaying = true;
    try {
      await this.play(NOTES_HZ[chime], VOLUME, this.speakerId());
    } catch {
      // A browser that refuses sound still shows the news.
    } finally {
      this.isPlaying = false;
    }
  }
}
