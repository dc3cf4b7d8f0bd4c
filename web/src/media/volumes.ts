/** How loud each person is for oneself alone. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type RemoteParticipant, Track } from "livekit-client";

export const FULL_VOLUME = 1;

type Loudspeaker = Pick<RemoteParticipant, "identity" | "setVolume">;

/** Volumes from 0 to 1 by identity; who is not named is at full volume. The sound of a screen can be off by itself. */
export class Volumes {
  private readonly current = signal<ReadonlyMap<string, number>>(new Map());
  private readonly shares = signal<ReadonlyMap<string, boolean>>(new Map());
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
    this.applyTo(identity);
  }

  /** Whether one hears the sound of somebody's screen. */
  isShareOn(identity: string): boolean {
    return this.shares.value.get(identity) ?? true;
  }

  turnShare(identity: string, isOn: boolean): void {
    this.shares.value = new Map(this.shares.peek()).set(identity, isOn);
    this.applyTo(identity);
  }

  /** Somebody who came back is a new participant, who knows nothing of the volume. */
  apply(person: Loudspeaker): void {
    const { identity } = person;
    const chosen = this.current.peek().get(identity);
    const isShareOn = this.shares.peek().get(identity);
    if (chosen !== undefined) {
      person.setVolume(chosen, Track.Source.Microphone);
    }
    if (chosen !== undefined || isShareOn !== undefined) {
      const volume = isShareOn === false ? 0 : (chosen ?? FULL_VOLUME);
      person.setVolume(volume, Track.Source.ScreenShareAudio);
    }
  }

  private applyTo(identity: string): void {
    const person = this.find(identity);
    if (person !== undefined) {
      this.apply(person);
    }
  }
}
