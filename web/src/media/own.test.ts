import {
  type LocalTrackPublication,
  type Room,
  RoomEvent,
  Track,
  TrackEvent,
} from "livekit-client";
import { describe, expect, it } from "vitest";
import type { BackgroundSwitch } from "./background-switch";
import type { Devices } from "./devices";
import type { SessionEvent } from "./events";
import { Own } from "./own";
import { createRoom } from "./room";

/** A microphone's track, which the browser ends and livekit-client begins anew with another device. */
class FakeTrack {
  readonly mediaStreamTrack = { label: "Headset" };
  private readonly listeners: [TrackEvent, () => void][] = [];

  on(event: TrackEvent, listener: () => void): void {
    this.listeners.push([event, listener]);
  }

  emit(event: TrackEvent): void {
    for (const [heard, listener] of this.listeners) {
      if (heard === event) {
        listener();
      }
    }
  }
}

function publish(room: Room, track: FakeTrack): void {
  const publication = { source: Track.Source.Microphone, track };
  const { localParticipant } = room;
  room.emit(
    RoomEvent.LocalTrackPublished,
    publication as unknown as LocalTrackPublication,
    localParticipant,
  );
}

function follow(): { room: Room; told: SessionEvent[] } {
  const room = createRoom({});
  const told: SessionEvent[] = [];
  new Own(room, {} as Devices, {} as BackgroundSwitch, (event) => told.push(event));
  return { room, told };
}

describe("Own", () => {
  it("tells once that another device stands in, however often its track was published", () => {
    const { room, told } = follow();
    const track = new FakeTrack();
    // After a full reconnect livekit-client publishes what it has once more.
    publish(room, track);
    publish(room, track);

    track.emit(TrackEvent.Ended);
    track.emit(TrackEvent.Restarted);

    expect(told).toEqual([{ kind: "switched", device: "microphone", name: "Headset" }]);
  });
});
