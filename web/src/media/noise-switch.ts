/** Takes noise out of the own voice in a room; the filter is loaded when it is first wanted. */
import { LocalAudioTrack, type Room, RoomEvent, Track } from "livekit-client";
import { noiseChoice } from "./noise-choice";

/** Puts the filter before the microphone of one room. */
export class NoiseSwitch {
  private readonly room: Room;

  constructor(room: Room) {
    this.room = room;
    room.on(RoomEvent.LocalTrackPublished, ({ source }) => {
      if (source === Track.Source.Microphone && noiseChoice.isOn) {
        void this.turn(true);
      }
    });
  }

  /** Answers false when the filter could not be put in; the voice then goes out as it is. */
  async turn(isOn: boolean): Promise<boolean> {
    const { localParticipant } = this.room;
    const track = localParticipant.getTrackPublication(Track.Source.Microphone)?.track;
    noiseChoice.turn(isOn);
    if (!(track instanceof LocalAudioTrack)) {
      return true;
    }
    try {
      if (isOn) {
        const { NoiseFilter } = await import("./noise");
        await track.setProcessor(new NoiseFilter());
      } else {
        await track.stopProcessor();
      }
      return true;
    } catch {
      noiseChoice.turn(false);
      return false;
    }
  }
}
