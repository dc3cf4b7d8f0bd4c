/** A participant for tests, who does nothing until told otherwise. */
import type { ParticipantView } from "./participants";

export function fakeParticipant(
  identity: string,
  more: Partial<ParticipantView> = {},
): ParticipantView {
  return {
    identity,
    name: identity,
    isSelf: false,
    role: "guest",
    isAgent: false,
    hasPlace: true,
    rights: { speak: true, show: true, share: true, chat: true, react: true, rename: true },
    isPinnedForAll: false,
    joinedAtMs: 0,
    isMicrophoneOn: false,
    isCameraOn: false,
    camera: undefined,
    isCameraHeld: false,
    isSharing: false,
    hasShareSound: false,
    share: undefined,
    isShareHeld: false,
    connection: "good",
    ...more,
  };
}
