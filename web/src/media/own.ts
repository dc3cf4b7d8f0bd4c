/** The own microphone, camera and shared screen. */
import {
  type LocalTrack,
  type LocalTrackPublication,
  LocalVideoTrack,
  type Room,
  RoomEvent,
  ScreenSharePresets,
  Track,
  TrackEvent,
  VideoQuality,
} from "livekit-client";
import type { BackgroundSwitch } from "./background-switch";
import { nextOf } from "./device-list";
import type { DeviceKind, Devices } from "./devices";
import type { SessionEvent } from "./events";
import { markTab, showsTab } from "./own-tab";
import { type Rights, rightsOf } from "./participants";
import { DeviceSwitch, problemOf } from "./switch";

export type OwnDevice = "microphone" | "camera" | "share";

const SOURCES = new Map<Track.Source, "microphone" | "camera">([
  [Track.Source.Microphone, "microphone"],
  [Track.Source.Camera, "camera"],
]);

/** Turns own devices on and off, and follows when others do. */
export class Own {
  readonly microphone: DeviceSwitch;
  readonly camera: DeviceSwitch;
  readonly share: DeviceSwitch;
  private readonly tabSign = Array.from(crypto.getRandomValues(new Uint32Array(2))).join("-");
  private readonly room: Room;
  private readonly devices: Devices;
  private readonly background: BackgroundSwitch;
  private readonly tell: (event: SessionEvent) => void;
  private readonly followed = new WeakSet<LocalTrack>();

  constructor(
    room: Room,
    devices: Devices,
    background: BackgroundSwitch,
    tell: (event: SessionEvent) => void,
  ) {
    this.room = room;
    this.devices = devices;
    this.background = background;
    this.tell = tell;
    const local = room.localParticipant;
    this.microphone = new DeviceSwitch(async (isOn) => {
      await local.setMicrophoneEnabled(isOn);
    });
    this.camera = new DeviceSwitch((isOn) => this.turnCamera(isOn));
    this.share = new DeviceSwitch(async (isOn) => {
      await local.setScreenShareEnabled(isOn, {
        audio: true,
        selfBrowserSurface: "exclude",
        resolution: ScreenSharePresets.h1080fps15.resolution,
      });
      const screen = local.getTrackPublication(Track.Source.ScreenShare)?.track;
      if (isOn && showsTab(screen?.mediaStreamTrack, this.tabSign)) {
        this.tell({ kind: "mirrored" });
      }
    });
    markTab(navigator.mediaDevices ?? {}, location.origin, this.tabSign);
    room.on(RoomEvent.TrackMuted, (publication, participant) => {
      if (participant.isLocal) {
        this.followMute(publication as LocalTrackPublication);
      }
    });
    // The server has ended what may no longer be sent; livekit-client tells only of the right.
    room.on(RoomEvent.ParticipantPermissionsChanged, (_before, participant) => {
      if (participant.isLocal) {
        this.followRights(rightsOf(participant));
      }
    });
    room.on(RoomEvent.LocalTrackPublished, (publication) => this.followDevice(publication));
    room.on(RoomEvent.LocalTrackUnpublished, (publication) => {
      if (publication.source === Track.Source.ScreenShare) {
        this.share.follow(false);
      }
    });
  }

  /** Turns a device on or off and tells when that failed; closing the browser's window picker is no failure. */
  async turn(device: OwnDevice, isOn: boolean): Promise<void> {
    const problem = await this[device].set(isOn);
    if (problem !== undefined && !(device === "share" && problem === "denied")) {
      this.tell({ kind: "problem", device, problem });
    }
  }

  toggle(device: OwnDevice): Promise<void> {
    return this.turn(device, !this[device].state.peek().isOn);
  }

  /** Chooses another device; a refusal arrives as an event. */
  async choose(kind: DeviceKind, id: string): Promise<void> {
    try {
      await this.devices.choose(kind, id);
    } catch (error) {
      const device = kind === "videoinput" ? "camera" : "microphone";
      this.tell({ kind: "problem", device, problem: problemOf(error) });
    }
  }

  /** Goes on to the next camera of the device: on a phone, to the one on the other side. */
  nextCamera(): Promise<void> {
    const { cameras } = this.devices.lists.peek();
    const next = nextOf(cameras, this.devices.active.peek().videoinput);
    return next === undefined ? Promise.resolve() : this.choose("videoinput", next.id);
  }

  /** The microphone's track, for a level meter. */
  microphoneTrack(): MediaStreamTrack | undefined {
    const publication = this.room.localParticipant.getTrackPublication(Track.Source.Microphone);
    return publication?.track?.mediaStreamTrack;
  }

  /** Sends the own picture small, or as large as the others want it. */
  sendSmall(isSmall: boolean): void {
    const publication = this.room.localParticipant.getTrackPublication(Track.Source.Camera);
    const camera = publication?.track;
    if (!(camera instanceof LocalVideoTrack)) {
      return;
    }
    camera.setPublishingQuality(isSmall ? VideoQuality.LOW : VideoQuality.HIGH);
    const layers = publication?.trackInfo?.layers ?? [];
    // So that nobody takes for a weak network what was chosen.
    void this.room.engine.client.sendUpdateVideoLayers(
      publication?.trackSid ?? "",
      layers.filter(({ quality }) => !isSmall || quality === VideoQuality.LOW),
    );
  }

  private async turnCamera(isOn: boolean): Promise<void> {
    const { localParticipant } = this.room;
    if (!isOn) {
      await localParticipant.setCameraEnabled(false);
      return;
    }
    try {
      await localParticipant.setCameraEnabled(true, await this.background.captureOptions());
    } catch (error) {
      // The bare room is shown only to the press of somebody who was told.
      if (problemOf(error) === "failed" && this.background.giveUp()) {
        this.tell({ kind: "bare" });
      }
      throw error;
    }
  }

  /** A device that goes away is replaced by livekit-client with another one, if there is one. */
  private followDevice({ source, track }: LocalTrackPublication): void {
    const device = SOURCES.get(source);
    // After a full reconnect the same track is published once more.
    if (device === undefined || track === undefined || this.followed.has(track)) {
      return;
    }
    this.followed.add(track);
    let hasEnded = false;
    track.on(TrackEvent.Ended, () => {
      hasEnded = true;
    });
    track.on(TrackEvent.Restarted, () => {
      if (hasEnded) {
        hasEnded = false;
        this.tell({ kind: "switched", device, name: track.mediaStreamTrack.label });
      }
    });
  }

  private followRights({ speak, show }: Rights): void {
    if (!speak) {
      this.microphone.follow(false);
    }
    if (!show) {
      this.camera.follow(false);
    }
  }

  private followMute(publication: LocalTrackPublication): void {
    const device = SOURCES.get(publication.source);
    if (device === undefined) {
      return;
    }
    const { isBusy, isOn } = this[device].state.peek();
    if (isOn && !isBusy) {
      this[device].follow(false);
      const isGone = publication.track?.mediaStreamTrack.readyState === "ended";
      this.tell({ kind: isGone ? "lost" : "muted", device });
    }
  }
}
