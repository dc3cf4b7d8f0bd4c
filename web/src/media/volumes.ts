/** How loud each person is for oneself alone. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type RemoteParticipant, Track } from "livekit-client";

export const FULL_VOLUME = 1;

type Loudspeaker = Pick<RemoteParticipant, "identity" | "setVolume">;

/** Volumes from 0 to 1 by identity; who is not named is at full volume. */
export class Volumes {
  private readonly current = signal<ReadonlyMap<string, number>>(new Map());
  private readonly find: (identity: string) => Loudspeaker | undefined;

  constructor(find: (identity: string) => Loudspeaker | undefined) {
    this.find = find;
  }

  get all(): ReadonlySignal<ReadonlyMap<string, number>> {
    return this.current;
  }

  of(identity: string): number {
    return this.current.value.get(identity) ?? FULL_VOLUME;
  }

  set(identity: string, volume: number): void {
    const next = new Map(this.current.peek());
    next.set(identity, Math.min(FULL_VOLUME, Math.max(0, volume)));
    this.current.value = next;
    const person = this.find(identity);
    if (person !== undefined) {
      this.apply(person);
    }
  }

  /** Somebody who came back is a new participant, who knows nothing of the volume. */
  apply(person: Loudspeaker): void {
    const volume = this.current.peek().get(person.identity);
    if (volume !== undefined) {
      person.setVolume(volume, Track.Source.Microphone);
      person.setVolume(volume, Track.Source.ScreenShareAudio);
    }
  }
}
