import { describe, expect, it } from "vitest";
import { Volumes } from "./volumes";

class Loudspeaker {
  readonly identity: string;
  readonly set: number[] = [];

  constructor(identity: string) {
    this.identity = identity;
  }

  setVolume(volume: number): void {
    this.set.push(volume);
  }
}

describe("Volumes", () => {
  it("begins at full volume", () => {
    expect(new Volumes(() => undefined).of("a")).toBe(1);
  });

  it("turns down the voice and the shared sound of one person alone", () => {
    const bagas = new Loudspeaker("b");
    const volumes = new Volumes((identity) => (identity === "b" ? bagas : undefined));
    volumes.set("b", 0.3);
    expect(bagas.set).toEqual([0.3, 0.3]);
    expect(volumes.of("b")).toBe(0.3);
    expect(volumes.of("a")).toBe(1);
  });

  it("turns the sound of a screen off and on, beside the volume of who shares it", () => {
    const bagas = new Loudspeaker("b");
    const volumes = new Volumes(() => bagas);
    expect(volumes.isShareOn("b")).toBe(true);
    volumes.turnShare("b", false);
    expect(volumes.isShareOn("b")).toBe(false);
    volumes.set("b", 0.5);
    volumes.turnShare("b", true);
    expect(bagas.set).toEqual([0, 0.5, 0, 0.5, 0.5]);
  });

  it("keeps a screen silent whose sharer left and came back", () => {
    const volumes = new Volumes(() => undefined);
    volumes.turnShare("b", false);
    const again = new Loudspeaker("b");
    volumes.apply(again);
    expect(again.set).toEqual([0]);
  });

  it("stays between silence and full", () => {
    const volumes = new Volumes(() => undefined);
    volumes.set("b", 7);
    expect(volumes.of("b")).toBe(1);
    volumes.set("b", -1);
    expect(volumes.of("b")).toBe(0);
  });

  it("holds for somebody who left and came back", () => {
    const volumes = new Volumes(() => undefined);
    volumes.set("b", 0.5);
    const again = new Loudspeaker("b");
    volumes.apply(again);
    expect(again.set).toEqual([0.5, 0.5]);
    const other = new Loudspeaker("c");
    volumes.apply(other);
    expect(other.set).toEqual([]);
  });
});
