import { ConnectionError, DisconnectReason } from "livekit-client";
import { describe, expect, it } from "vitest";
import { leaveReason, refusalOf } from "./leaving";

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

describe("refusalOf", () => {
  it("is what the server said about the token", () => {
    expect(refusalOf(ConnectionError.notAllowed("the token has expired", 401))).toBe(
      "the token has expired",
    );
  });

  it("leaves out the words that livekit-client puts before", () => {
    const error = ConnectionError.notAllowed("no signal: unauthorized: the token is old", 401);
    expect(refusalOf(error)).toBe("the token is old");
  });

  it("is nothing when the server could not be reached", () => {
    expect(refusalOf(ConnectionError.serverUnreachable("no answer"))).toBeUndefined();
    expect(refusalOf(new TypeError("broken"))).toBeUndefined();
  });
});
