import { beforeEach, describe, expect, it } from "vitest";
import {
  accountStanding,
  ask,
  askAsAnybody,
  beginSession,
  endSession,
  forgetSession,
  openSession,
} from "@/api/account-session";
import type { Tokens } from "@/api/auth";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { hasSignedIn, noteSignedIn } from "@/lib/sign-in-hint";
import { noteDeparture } from "@/lib/way-back";

const PROFILE = { id: "1", first_name: "Ayu", last_name: "Lestari" };

function tokens(access: string): Tokens {
  return {
    access_token: access,
    token_type: "Bearer",
    expires_in_s: 900,
    refresh_token: null,
    refresh_expires_in_s: 604800,
  };
}

/** A server that takes one access token, and gives the next at each refresh. */
function rotating(first: string) {
  let valid = first;
  const guarded = (answer: unknown) => (asked: { bearer: string | null }) =>
    asked.bearer === `Bearer ${valid}`
      ? json(answer, 200, { etag: '"7"' })
      : refusal(401, "access_token_expired");
  const asked = fakeServer({
    "POST /auth/refresh": () => {
      valid = `${valid}+`;
      return json(tokens(valid));
    },
    "POST /auth/logout": () => new Response(null, { status: 204 }),
    "GET /users/profile": guarded(PROFILE),
    "GET /thing": guarded({ thing: 1 }),
  });
  const expire = () => {
    valid = "another";
  };
  return { asked, expire };
}

const paths = (asked: { path: string }[]) => asked.map(({ path }) => path);
const getThing = () => ask<{ thing: number }>({ method: "GET", path: "/api/v1/thing" });

beforeEach(() => {
  forgetSession();
  localStorage.clear();
});

describe("openSession", () => {
  it("signs in who comes back from the organisation's provider", async () => {
    noteDeparture();
    rotating("a");
    await openSession();
    expect(accountStanding.value).toMatchObject({ name: "in", profile: PROFILE });
    expect(hasSignedIn()).toBe(true);
  });

  it("says nothing of an ended session to whom the provider did not let in", async () => {
    noteDeparture();
    fakeServer({ "POST /auth/refresh": () => refusal(401, "refresh_token_refused") });
    await openSession();
    expect(accountStanding.value).toEqual({ name: "out" });
    expect(hasSignedIn()).toBe(false);
  });

  it("tries again after the way back when the server could not be reached", async () => {
    noteDeparture();
    fakeServer({});
    await openSession();
    expect(accountStanding.value).toMatchObject({ name: "failed" });
    rotating("a");
    await openSession();
    expect(accountStanding.value).toMatchObject({ name: "in" });
  });

  it("asks nothing where nobody ever signed in", async () => {
    const { asked } = rotating("a");
    await openSession();
    expect(asked).toEqual([]);
    expect(accountStanding.value).toEqual({ name: "out" });
  });

  it("exchanges the cookie and reads the profile with its version", async () => {
    noteSignedIn(true);
    const { asked } = rotating("a");
    await openSession();
    expect(paths(asked)).toEqual(["/api/v1/auth/refresh", "/api/v1/users/profile"]);
    expect(asked[0]?.body).toBeUndefined();
    expect(accountStanding.value).toEqual({ name: "in", profile: PROFILE, tag: '"7"' });
  });

  it.each(["refresh_token_refused", "refresh_token_reused"])(
    "forgets a session that is refused as %s",
    async (code) => {
      noteSignedIn(true);
      fakeServer({ "POST /auth/refresh": () => refusal(401, code) });
      await openSession();
      expect(accountStanding.value).toEqual({ name: "out", hasEnded: true });
      expect(hasSignedIn()).toBe(false);
    },
  );

  it("still says that the session has ended when another call found out first", async () => {
    noteSignedIn(true);
    fakeServer({ "POST /auth/refresh": () => refusal(401, "refresh_token_refused") });
    await expect(getThing()).rejects.toMatchObject({ status: 401 });
    await openSession();
    expect(accountStanding.value).toEqual({ name: "out", hasEnded: true });
  });

  it("keeps the session when the server does not answer", async () => {
    noteSignedIn(true);
    fakeServer({});
    await openSession();
    expect(accountStanding.value).toMatchObject({ name: "failed", error: { code: "unreachable" } });
    expect(hasSignedIn()).toBe(true);
  });
});

describe("ask", () => {
  it("renews once for all who ask at the same time", async () => {
    const { asked, expire } = rotating("a");
    await beginSession(tokens("a"));
    expire();
    const answers = await Promise.all([getThing(), getThing(), getThing()]);
    expect(answers).toEqual([{ thing: 1 }, { thing: 1 }, { thing: 1 }]);
    expect(paths(asked).filter((path) => path.endsWith("/refresh"))).toHaveLength(1);
  });

  it("signs out when the session was ended elsewhere", async () => {
    rotating("a");
    await beginSession(tokens("a"));
    fakeServer({
      "GET /thing": () => refusal(401, "access_token_invalid"),
      "POST /auth/refresh": () => refusal(401, "refresh_token_refused"),
    });
    await expect(getThing()).rejects.toMatchObject({ code: "refresh_token_refused" });
    expect(accountStanding.value).toEqual({ name: "out", hasEnded: true });
  });

  it("gives up when a fresh token is refused as well", async () => {
    rotating("a");
    await beginSession(tokens("a"));
    const asked = fakeServer({
      "GET /thing": () => refusal(401, "access_token_expired"),
      "POST /auth/refresh": () => json(tokens("b")),
    });
    await expect(getThing()).rejects.toMatchObject({ code: "access_token_expired" });
    expect(asked).toHaveLength(3);
  });

  it("renews nothing for a refusal about something else", async () => {
    rotating("a");
    await beginSession(tokens("a"));
    const asked = fakeServer({ "GET /thing": () => refusal(403, "password_wrong") });
    await expect(getThing()).rejects.toMatchObject({ code: "password_wrong" });
    expect(asked).toHaveLength(1);
  });
});

describe("askAsAnybody", () => {
  const getOpen = () => askAsAnybody<{ open: number }>({ method: "GET", path: "/api/v1/open" });
  const open = () => json({ open: 1 });

  it("asks as nobody where nobody signed in, at once", async () => {
    const asked = fakeServer({ "GET /open": open });
    expect(await getOpen()).toEqual({ open: 1 });
    expect(asked.map(({ path, bearer }) => [path, bearer])).toEqual([["/api/v1/open", null]]);
  });

  it("asks as the person who signed in earlier", async () => {
    noteSignedIn(true);
    const asked = fakeServer({ "GET /open": open, "POST /auth/refresh": () => json(tokens("a")) });
    expect(await getOpen()).toEqual({ open: 1 });
    expect(asked.at(-1)?.bearer).toBe("Bearer a");
  });

  it("asks as nobody when the session has ended meanwhile", async () => {
    noteSignedIn(true);
    const refuse = () => refusal(401, "refresh_token_refused");
    const asked = fakeServer({ "GET /open": open, "POST /auth/refresh": refuse });
    expect(await getOpen()).toEqual({ open: 1 });
    expect(asked.at(-1)?.bearer).toBeNull();
    expect(hasSignedIn()).toBe(false);
  });

  it("turns nobody into a guest because the server is busy", async () => {
    noteSignedIn(true);
    const refuse = () => refusal(429, "too_many_requests");
    const asked = fakeServer({ "GET /open": open, "POST /auth/refresh": refuse });
    await expect(getOpen()).rejects.toMatchObject({ code: "too_many_requests" });
    expect(asked).toHaveLength(1);
  });
});

describe("beginSession and endSession", () => {
  it("keep no token where scripts or other tabs could find it", async () => {
    rotating("secret-token");
    await beginSession(tokens("secret-token"));
    expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain("secret");
    await endSession();
    expect(accountStanding.value).toEqual({ name: "out" });
    expect(hasSignedIn()).toBe(false);
    await expect(getThing()).rejects.toMatchObject({ status: 401 });
  });

  it("say so when signing out did not reach the server, and stay signed in", async () => {
    rotating("a");
    await beginSession(tokens("a"));
    fakeServer({});
    await expect(endSession()).rejects.toMatchObject({ code: "unreachable" });
    expect(accountStanding.value.name).toBe("in");
    expect(hasSignedIn()).toBe(true);
  });
});
