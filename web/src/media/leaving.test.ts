import { DisconnectReason } from "livekit-client";
import { describe, expect, it } from "vitest";
import { leaveReason } from "./leaving";

describe("leaveReason", () => {
  it.each([
    [DisconnectReason.CLIENT_INITIATED, "left"],
    [DisconnectReason.PARTICIPANT_REMOVED, "removed"],
    [DisconnectReason.ROOM_DELETED, "ended"],
    [DisconnectReason.DUPLICATE_IDENTITY, "duplicate"],
    [DisconnectReason.SERVER_SHUTDOWN, "failed"],
    [undefined, "failed"],
  ])("turns %s into %s", (reason, expected) => {
    expect(leaveReason(reason)).toBe(expected);
  });
});
