/** What the screens know of a participant: plain values, made from LiveKit's objects at every change. */
import { ConnectionQuality, type Participant, type RemoteParticipant, Track } from "livekit-client";

/** Something that shows moving pictures in a video element. */
export type VideoSource = Pick<Track, "attach" | "detach" | "sid">;

export type Role = "host" | "moderator" | "participant" | "observer" | "guest";

/** What the server lets somebody do. */
export interface Rights {
  speak: boolean;
  show: boolean;
  share: boolean;
  chat: boolean;
  react: boolean;
  rename: boolean;
}

export interface ParticipantView {
  identity: string;
  name: string;
  isSelf: boolean;
  role: Role;
  /** A program that takes part. */
  isAgent: boolean;
  /** Our server let them in and knows them; agents and tokens of other keys come without a place. */
  hasPlace: boolean;
  rights: Rights;
  /** Place among the raised hands, from 1; absent while the hand is down. */
  hand?: number;
  /** Before everybody's eyes, as a host chose. */
  isPinnedForAll: boolean;
  joinedAtMs: number;
  isMicrophoneOn: boolean;
  isCameraOn: boolean;
  /** Absent while the camera is off, and shortly while its pictures are on the way. */
  camera: VideoSource | undefined;
  /** One's own network does not carry these pictures for now, so that sound goes on. */
  isCameraHeld: boolean;
  isSharing: boolean;
  /** The shared screen brings sound. */
  hasShareSound: boolean;
  share: VideoSource | undefined;
  /** As `isCameraHeld`. */
  isShareHeld: boolean;
  connection: "good" | "weak" | "lost";
}

function connectionOf(quality: ConnectionQuality): ParticipantView["connection"] {
  if (quality === ConnectionQuality.Lost) {
    return "lost";
  }
  return quality === ConnectionQuality.Poor ? "weak" : "good";
}

function videoOf(
  participant: Participant,
  source: Track.Source,
): { isOn: boolean; video: VideoSource | undefined; isHeld: boolean } {
  const publication = participant.getTrackPublication(source);
  const isOn = publication !== undefined && !publication.isMuted;
  const track = isOn ? publication.track : undefined;
  return { isOn, video: track, isHeld: track?.streamState === Track.StreamState.Paused };
}

const ROLES: readonly string[] = ["host", "moderator", "participant", "observer", "guest"];
// livekit.TrackSource in livekit_models.proto.
const CAMERA = 1;
const MICROPHONE = 2;
const SCREEN_SHARE = 3;

function roleOf(participant: Participant): Role {
  const role = participant.attributes["role"] ?? "";
  return ROLES.includes(role) ? (role as Role) : "guest";
}

/** No list of sources means all of them; before the server has said anything, nothing is held back. */
export function rightsOf({ permissions, attributes }: Participant): Rights {
  // What LiveKit has no permission for, our server says in an attribute.
  const restricted = (attributes["restricted"] ?? "").split(" ");
  const own = {
    react: !restricted.includes("react"),
    rename: !restricted.includes("rename"),
  };
  if (permissions === undefined) {
    return { ...own, speak: true, show: true, share: true, chat: true };
  }
  const { canPublish, canPublishData, canPublishSources } = permissions;
  const may = (source: number) =>
    canPublish &&
    (canPublishSources.length === 0 || canPublishSources.some((allowed) => allowed === source));
  return {
    ...own,
    speak: may(MICROPHONE),
    show: may(CAMERA),
    share: may(SCREEN_SHARE),
    chat: canPublishData,
  };
}

/** Whether this role lets people in, mutes, removes and sets up the room. */
export function moderates(role: Role): boolean {
  return role === "host" || role === "moderator";
}

/** The one who was pinned for everybody last; two are for a moment when two hosts do so at once. */
function pinnedOf(everyone: readonly Participant[]): Participant | undefined {
  const since = ({ attributes }: Participant) => attributes["pinned"] ?? "";
  const [last] = everyone
    .filter((one) => since(one) !== "")
    .sort((left, right) => since(right).localeCompare(since(left)));
  return last;
}

/** Everybody, with the hands counted in the order of raising, and who is pinned for all. */
export function describeParticipants(everyone: readonly Participant[]): ParticipantView[] {
  const raised = everyone
    .filter(({ attributes }) => (attributes["hand"] ?? "") !== "")
    .sort((left, right) =>
      (left.attributes["hand"] ?? "").localeCompare(right.attributes["hand"] ?? ""),
    );
  const pinned = pinnedOf(everyone);
  return everyone.map((participant) => {
    const place = raised.indexOf(participant);
    const view = { ...describeParticipant(participant), isPinnedForAll: participant === pinned };
    return place < 0 ? view : { ...view, hand: place + 1 };
  });
}

/** A snapshot of one participant; an empty name falls back to the identity. */
export function describeParticipant(participant: Participant): ParticipantView {
  const camera = videoOf(participant, Track.Source.Camera);
  const share = videoOf(participant, Track.Source.ScreenShare);
  const microphone = participant.getTrackPublication(Track.Source.Microphone);
  const sound = participant.getTrackPublication(Track.Source.ScreenShareAudio);
  return {
    identity: participant.identity,
    name: participant.name?.trim() || participant.identity,
    isSelf: participant.isLocal,
    role: roleOf(participant),
    isAgent: participant.isAgent,
    hasPlace: participant.attributes["role"] !== undefined,
    rights: rightsOf(participant),
    isPinnedForAll: false,
    joinedAtMs: participant.joinedAt?.getTime() ?? 0,
    isMicrophoneOn: microphone !== undefined && !microphone.isMuted,
    isCameraOn: camera.isOn,
    camera: camera.video,
    isCameraHeld: camera.isHeld,
    isSharing: share.isOn,
    hasShareSound: sound !== undefined && !sound.isMuted,
    share: share.video,
    isShareHeld: share.isHeld,
    connection: connectionOf(participant.connectionQuality),
  };
}

/** Stops the server from sending pictures of a new track until an element shows it. */
export function holdUntilShown(track: Track): void {
  if (track.kind === Track.Kind.Video) {
    track.detach(track.attach(document.createElement("video")));
  }
}

/** Plays the sounds of a participant, except those of one's own screen. */
export function playSounds(participant: RemoteParticipant, sink: HTMLElement): void {
  for (const publication of participant.audioTrackPublications.values()) {
    const track = publication.track;
    if (track !== undefined && track.attachedElements.length === 0) {
      const element = track.attach();
      element.dataset["participant"] = participant.identity;
      sink.append(element);
    }
  }
}

/** Takes away the elements whose track has ended; livekit-client has already let go of them. */
export function dropSilent(sink: HTMLElement): void {
  for (const element of sink.querySelectorAll("audio")) {
    if (element.srcObject === null) {
      element.remove();
    }
  }
}
