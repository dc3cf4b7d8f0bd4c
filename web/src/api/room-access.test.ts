import { beforeEach, describe, expect, it } from "vitest";
import { forgetSession } from "@/api/account-session";
import { openMessages } from "@/api/messages";
import { openModeration } from "@/api/moderation";
import { openRoomAccess } from "@/api/room-access";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { noteSignedIn } from "@/lib/sign-in-hint";

const ROOM = "/rooms/abc-defg-hjk";
const TOKENS = {
  access_token: "token",
  token_type: "Bearer",
  expires_in_s: 900,
  refresh_token: null,
  refresh_expires_in_s: 604800,
};

const open = () => openRoomAccess("abc-defg-hjk", "seat");

beforeEach(() => forgetSession());

describe("openRoomAccess", () => {
  it("asks with the seat where nobody is signed in", async () => {
    const asked = fakeServer({ [`GET ${ROOM}/lobby`]: () => json([]) });
    await openModeration(open()).listWaiting();
    expect(asked.map(({ bearer }) => bearer)).toEqual(["Bearer seat"]);
  });

  it("asks as the person who has the place, and finds that out once", async () => {
    noteSignedIn(true);
    const asked = fakeServer({
      "POST /auth/refresh": () => json(TOKENS),
      [`GET ${ROOM}/settings`]: ({ bearer }) =>
        bearer === "Bearer token" ? json({}) : refusal(401, "access_token_missing"),
      [`GET ${ROOM}/lobby`]: () => json([]),
    });
    const moderation = openModeration(open());
    await moderation.listWaiting();
    await moderation.listWaiting();
    const lobby = asked.filter(({ path }) => path.endsWith("/lobby"));
    expect(lobby.map(({ bearer }) => bearer)).toEqual(["Bearer token", "Bearer token"]);
    expect(asked.filter(({ path }) => path.endsWith("/settings"))).toHaveLength(1);
  });

  it("asks with the seat where the account has no place in the room", async () => {
    noteSignedIn(true);
    const asked = fakeServer({
      "POST /auth/refresh": () => json(TOKENS),
      [`GET ${ROOM}/settings`]: ({ bearer }) =>
        bearer === "Bearer token"
          ? refusal(403, "role_too_low")
          : refusal(401, "access_token_missing"),
      [`GET ${ROOM}/lobby`]: () => json([]),
    });
    await openModeration(open()).listWaiting();
    expect(asked.at(-1)?.bearer).toBe("Bearer seat");
  });

  it("tries again to find out after the server was away", async () => {
    noteSignedIn(true);
    fakeServer({});
    const moderation = openModeration(open());
    await expect(moderation.listWaiting()).rejects.toMatchObject({ code: "unreachable" });
    fakeServer({
      "POST /auth/refresh": () => json(TOKENS),
      [`GET ${ROOM}/settings`]: ({ bearer }) =>
        bearer === "Bearer token" ? json({}) : refusal(401, "access_token_missing"),
      [`GET ${ROOM}/lobby`]: () => json([]),
    });
    expect(await moderation.listWaiting()).toEqual([]);
  });
});

describe("openMessages", () => {
  it("names people and signs so that no path is left", async () => {
    const asked = fakeServer({
      [`PUT ${ROOM}/messages/..%2Fx/reactions/%F0%9F%91%8D`]: () =>
        new Response(null, { status: 204 }),
    });
    await openMessages(open()).react("../x", "👍", true);
    expect(asked).toHaveLength(1);
  });
});
