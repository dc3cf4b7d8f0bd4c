/** A meeting as the screens see it: signals made from the events of a LiveKit room. */
import { type ReadonlySignal, signal } from "@preact/signals";
import {
  ConnectionState,
  type Participant,
  type Room,
  RoomEvent,
  supportsAudioOutputSelection,
} from "livekit-client";
import { giveColours } from "@/lib/person";
import type { Timers } from "@/lib/timers";
import { BackgroundSwitch } from "./background-switch";
import { openTextChannel, type TextChannel } from "./channel";
import { Devices } from "./devices";
import type { SessionEvent } from "./events";
import { type LeaveReason, leaveReason, refusalOf } from "./leaving";
import { NoiseSwitch } from "./noise-switch";
import { Own } from "./own";
import {
  describeParticipant,
  describeParticipants,
  dropSilent,
  holdUntilShown,
  type ParticipantView,
  playSounds,
  rightsOf,
} from "./participants";
import { openPointerChannel, type PointerChannel } from "./pointers";
import { openReactionFeed, type ReactionFeed } from "./reactions";
import { createRoom, type DeviceIds } from "./room";
import { CHANGES } from "./room-changes";
import { MuteNotes, readServerData } from "./server-data";
import { Voices } from "./speaking";
import { readCounters, type TrackCounters } from "./statistics";
import { openTypingChannel, type TypingChannel } from "./typing";
import { Volumes } from "./volumes";

export interface SessionOptions extends DeviceIds {
  url: string;
  token: string;
  microphone: boolean;
  camera: boolean;
}

export type Connection = "connecting" | "connected" | "reconnecting" | "closed";

/** One stay in a room, from joining to leaving. */
export class Session {
  readonly voices: Voices;
  readonly devices: Devices;
  readonly own: Own;
  readonly texts: TextChannel;
  readonly volumes: Volumes;
  readonly noise: NoiseSwitch;
  readonly background: BackgroundSwitch;
  readonly reactions: ReactionFeed;
  readonly pointers: PointerChannel;
  readonly typing: TypingChannel;
  readonly canShare = typeof navigator.mediaDevices?.getDisplayMedia === "function";
  readonly canChooseSpeaker = supportsAudioOutputSelection();
  private readonly options: SessionOptions;
  private readonly room: Room;
  private readonly muteNotes: MuteNotes;
  private readonly sounds = document.createElement("div");
  private readonly listeners = new Set<(event: SessionEvent) => void>();
  private readonly currentParticipants = signal<readonly ParticipantView[]>([]);
  private readonly currentConnection = signal<Connection>("connecting");
  private readonly currentSilence = signal(false);
  private isRefreshing = false;
  private isLeaving = false;

  constructor(options: SessionOptions, timers: Timers) {
    this.options = options;
    this.room = createRoom(options);
    this.voices = new Voices(timers);
    this.muteNotes = new MuteNotes(() => timers.now());
    this.devices = new Devices(this.room);
    this.background = new BackgroundSwitch(this.room);
    this.own = new Own(this.room, this.devices, this.background, (event) => this.tell(event));
    this.texts = openTextChannel(this.room);
    this.reactions = openReactionFeed(this.room);
    this.pointers = openPointerChannel(this.room);
    this.typing = openTypingChannel(this.room);
    this.noise = new NoiseSwitch(this.room);
    this.volumes = new Volumes((identity) => this.room.remoteParticipants.get(identity));
    this.sounds.hidden = true;
    this.followConnection();
    this.followParticipants();
    this.followTracks();
  }

  /** Oneself first, then everybody else in no order. */
  get participants(): ReadonlySignal<readonly ParticipantView[]> {
    return this.currentParticipants;
  }

  get connection(): ReadonlySignal<Connection> {
    return this.currentConnection;
  }

  /** True while the browser refuses to play sound until the person clicks. */
  get isSilenced(): ReadonlySignal<boolean> {
    return this.currentSilence;
  }

  /** Calls back for every event until the returned function is called. */
  listen(onEvent: (event: SessionEvent) => void): () => void {
    this.listeners.add(onEvent);
    return () => this.listeners.delete(onEvent);
  }

  /** Joins and turns the chosen devices on; every failure arrives as an event. */
  async join(): Promise<void> {
    document.body.append(this.sounds);
    try {
      await this.room.connect(this.options.url, this.options.token);
    } catch (error) {
      this.close(this.isLeaving ? "left" : "failed", refusalOf(error));
      return;
    }
    this.refresh();
    const rights = rightsOf(this.room.localParticipant);
    await Promise.all([
      this.options.microphone && rights.speak ? this.own.turn("microphone", true) : undefined,
      this.options.camera && rights.show ? this.own.turn("camera", true) : undefined,
      this.devices.refresh(),
    ]);
  }

  /** Lets sound play; works only from within a click. */
  allowSound(): Promise<void> {
    return this.room.startAudio();
  }

  /** Counters of everything that is sent and received now. */
  readCounters(): Promise<TrackCounters[]> {
    return readCounters(this.room);
  }

  leave(): Promise<void> {
    this.isLeaving = true;
    return this.room.disconnect();
  }

  private tell(event: SessionEvent): void {
    if (event.kind === "muted" && this.muteNotes.isTold(event.device)) {
      return;
    }
    for (const listener of this.listeners) {
      listener(event);
    }
  }

  private close(reason: LeaveReason, refusal?: string): void {
    this.sounds.remove();
    if (this.currentConnection.peek() !== "closed") {
      this.currentConnection.value = "closed";
      this.tell({ kind: "closed", reason, ...(refusal === undefined ? {} : { refusal }) });
    }
  }

  private followConnection(): void {
    const { room } = this;
    room.on(RoomEvent.ConnectionStateChanged, (state) => {
      if (state === ConnectionState.Connected) {
        this.currentConnection.value = "connected";
        this.refresh();
      } else if (
        state === ConnectionState.Reconnecting ||
        state === ConnectionState.SignalReconnecting
      ) {
        this.currentConnection.value = "reconnecting";
      }
    });
    room.on(RoomEvent.Disconnected, (reason) => {
      // A connection that never stood is told by join().
      if (this.currentConnection.peek() !== "connecting") {
        this.close(leaveReason(reason));
      }
    });
    room.on(RoomEvent.AudioPlaybackStatusChanged, () => {
      this.currentSilence.value = !room.canPlaybackAudio;
    });
  }

  private followParticipants(): void {
    const { room } = this;
    for (const event of CHANGES) {
      room.on(event, () => this.refresh());
    }
    room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
      this.voices.report(new Set(speakers.map((speaker) => speaker.identity)));
    });
    const about = (kind: "joined" | "left", participant: Participant): void => {
      if (this.currentConnection.peek() === "connected") {
        const { identity, name } = describeParticipant(participant);
        this.tell({ kind, identity, name });
      }
    };
    room.on(RoomEvent.ParticipantConnected, (participant) => about("joined", participant));
    room.on(RoomEvent.DataReceived, (payload, sender, _kind, topic) => {
      // Data of participants carries their name.
      const told = sender === undefined ? readServerData(payload, topic) : undefined;
      if (told !== undefined) {
        this.tell(told);
        this.muteNotes.note(told);
      }
    });
    room.on(RoomEvent.ParticipantDisconnected, (participant) => {
      this.voices.forget(participant.identity);
      about("left", participant);
    });
  }

  private followTracks(): void {
    this.room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
      holdUntilShown(track);
      playSounds(participant, this.sounds);
      this.volumes.apply(participant);
    });
    this.room.on(RoomEvent.TrackUnsubscribed, () => dropSilent(this.sounds));
  }

  /** Reads all participants once for all events of one turn. */
  private refresh(): void {
    if (this.isRefreshing) {
      return;
    }
    this.isRefreshing = true;
    queueMicrotask(() => {
      this.isRefreshing = false;
      // A restored connection first forgets everyone; the screen keeps them until it stands again.
      if (this.currentConnection.peek() === "reconnecting") {
        return;
      }
      const { localParticipant, remoteParticipants } = this.room;
      const everyone: Participant[] = [localParticipant, ...remoteParticipants.values()];
      const views = describeParticipants(everyone);
      const inOrder = [...views].sort((left, right) => left.joinedAtMs - right.joinedAtMs);
      giveColours(inOrder.map(({ identity }) => identity));
      this.currentParticipants.value = views;
    });
  }
}
