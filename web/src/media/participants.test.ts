import { ConnectionQuality, type Participant, Track } from "livekit-client";
import { describe, expect, it } from "vitest";
import { describeParticipant, describeParticipants } from "./participants";

interface Published {
  isMuted: boolean;
  track?: object;
}

function participant(
  published: Partial<Record<Track.Source, Published>>,
  more: Partial<Record<"name" | "connectionQuality" | "attributes" | "isLocal", unknown>> = {},
): Participant {
  return {
    identity: "id-b",
    name: "Bagas",
    isLocal: false,
    attributes: {},
    joinedAt: new Date(5),
    connectionQuality: ConnectionQuality.Unknown,
    getTrackPublication: (source: Track.Source) => published[source],
    ...more,
  } as unknown as Participant;
}

describe("describeParticipant", () => {
  it("describes someone who only listens", () => {
    expect(describeParticipant(participant({}))).toMatchObject({
      identity: "id-b",
      name: "Bagas",
      role: "guest",
      joinedAtMs: 5,
      isMicrophoneOn: false,
      isCameraOn: false,
      isSharing: false,
      connection: "good",
    });
  });

  it("reads what no permission of LiveKit says", () => {
    const of = (restricted: string) =>
      describeParticipant(participant({}, { attributes: { restricted } })).rights.react;
    expect([of(""), of("react"), of("other react"), of("reaction")]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it("tells whose place the server keeps from those it only carries", () => {
    const of = (attributes: object) =>
      describeParticipant(participant({}, { attributes })).hasPlace;
    expect([of({ role: "guest" }), of({ "lk.agent.name": "notes" })]).toEqual([true, false]);
  });

  it("has no picture while the camera is muted", () => {
    const track = {};
    const off = describeParticipant(
      participant({ [Track.Source.Camera]: { isMuted: true, track } }),
    );
    expect(off).toMatchObject({ isCameraOn: false, camera: undefined });
    const on = describeParticipant(
      participant({ [Track.Source.Camera]: { isMuted: false, track } }),
    );
    expect(on.camera).toBe(track);
  });

  it("knows a camera whose pictures are still on the way", () => {
    const waiting = participant({ [Track.Source.Camera]: { isMuted: false } });
    expect(describeParticipant(waiting)).toMatchObject({ isCameraOn: true, camera: undefined });
  });

  it("knows a camera that the network does not carry", () => {
    const held = (streamState: string, isMuted = false) =>
      describeParticipant(
        participant({ [Track.Source.Camera]: { isMuted, track: { streamState } } }),
      ).isCameraHeld;
    expect([held("paused"), held("active"), held("paused", true)]).toEqual([true, false, false]);
  });

  it("knows a shared screen that the network does not carry", () => {
    const held = (streamState: string) =>
      describeParticipant(
        participant({ [Track.Source.ScreenShare]: { isMuted: false, track: { streamState } } }),
      ).isShareHeld;
    expect([held("paused"), held("active")]).toEqual([true, false]);
  });

  it("calls someone without a name by the identity", () => {
    expect(describeParticipant(participant({}, { name: "  " })).name).toBe("id-b");
    expect(describeParticipant(participant({}, { name: undefined })).name).toBe("id-b");
  });

  it("takes the role from the attribute that the server signed, and no other word", () => {
    const role = (value: unknown) =>
      describeParticipant(participant({}, { attributes: { role: value } })).role;
    expect(role("host")).toBe("host");
    expect(role("admin")).toBe("guest");
  });

  it("turns LiveKit's quality into words that people know", () => {
    const connection = (connectionQuality: ConnectionQuality) =>
      describeParticipant(participant({}, { connectionQuality })).connection;
    expect(connection(ConnectionQuality.Excellent)).toBe("good");
    expect(connection(ConnectionQuality.Poor)).toBe("weak");
    expect(connection(ConnectionQuality.Lost)).toBe("lost");
  });
});

describe("describeParticipants", () => {
  const pinned = (views: ReturnType<typeof describeParticipants>) =>
    views.map(({ isPinnedForAll }) => isPinnedForAll);

  it("says who is pinned for all: the last, if two hosts pinned at once", () => {
    const first = participant({}, { attributes: { pinned: "2026-11-21T09:00:00Z" } });
    const second = participant({}, { attributes: { pinned: "2026-11-21T09:00:01Z" } });
    expect(pinned(describeParticipants([first, second, participant({})]))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("says that nobody is pinned, also while the attribute is empty", () => {
    const released = participant({}, { attributes: { pinned: "" } });
    expect(pinned(describeParticipants([released, participant({})]))).toEqual([false, false]);
  });
});
