/** The session of this tab: its access token lives in memory only, and is renewed when it has expired. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { logOut, refresh, type Tokens } from "@/api/auth";
import { ApiError, type Call, call, callFile, callTagged } from "@/api/client";
import type { components } from "@/api/schema.gen";
import { hasSignedIn, noteSignedIn } from "@/lib/sign-in-hint";
import { takeDeparture } from "@/lib/way-back";

export type Profile = components["schemas"]["ProfileRead"];

/** Whether somebody is signed in here: not asked yet, nobody, somebody, or no answer came. */
export type Standing =
  | { name: "unknown" }
  | { name: "out"; hasEnded?: boolean }
  | { name: "in"; profile: Profile; tag: string | undefined }
  | { name: "failed"; error: ApiError };

const standing = signal<Standing>({ name: "unknown" });
let token: string | undefined;
let renewal: Promise<void> | undefined;

/** Who is signed in, for the pages. */
export const accountStanding: ReadonlySignal<Standing> = standing;

/** Find out who is signed in; asks nobody where nobody ever signed in. */
export async function openSession(): Promise<void> {
  if (takeDeparture()) {
    await comeBack();
    return;
  }
  if (!hasSignedIn()) {
    // Another call may have found out meanwhile that the session has ended: that stays said.
    if (standing.value.name !== "out") {
      standing.value = { name: "out" };
    }
    return;
  }
  try {
    await renew();
    await readProfile();
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    // Refused is settled by now; anything else may pass.
    if (hasSignedIn()) {
      standing.value = { name: "failed", error };
    }
  }
}

/** Begin with the cookie of somebody who comes back from their organisation's provider, if it let them in. */
async function comeBack(): Promise<void> {
  try {
    await beginSession(await refresh());
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    if (error.status === 401) {
      forgetSession();
    } else {
      // Worth asking again: the cookie may be there.
      noteSignedIn(true);
      standing.value = { name: "failed", error };
    }
  }
}

/** Begin with tokens that somebody just got. */
export async function beginSession(tokens: Tokens): Promise<void> {
  token = tokens.access_token;
  noteSignedIn(true);
  await readProfile();
}

/** Sign out here; rejects when the server could not be told, and then the session lives on. */
export async function endSession(): Promise<void> {
  await logOut();
  forgetSession();
}

/** Nobody is signed in here any more. */
export function forgetSession(): void {
  token = undefined;
  noteSignedIn(false);
  standing.value = { name: "out" };
}

/** Show a profile that the server answered with. */
export function showProfile(profile: Profile, tag?: string): void {
  standing.value = { name: "in", profile, tag };
}

/** Ask as the person who is signed in. */
export function ask<T>(asked: Call): Promise<T> {
  return asPerson((bearer) => call<T>({ ...asked, bearer }));
}

/** Ask as whoever is signed in here; as nobody where nobody is, or is any more. */
export async function askAsAnybody<T>(asked: Call): Promise<T> {
  try {
    if (token !== undefined || hasSignedIn()) {
      return await ask<T>(asked);
    }
  } catch (error) {
    if (hasSignedIn()) {
      throw error;
    }
  }
  return call<T>(asked);
}

/** Ask as the person who is signed in, for the ETag as well. */
export function askTagged<T>(asked: Call): Promise<{ body: T; tag: string | undefined }> {
  return asPerson((bearer) => callTagged<T>({ ...asked, bearer }));
}

/** Ask for a file as the person who is signed in. */
export function askFile(asked: Call): Promise<Blob> {
  return asPerson((bearer) => callFile({ ...asked, bearer }));
}

/** Read the profile again. */
export async function readProfile(): Promise<void> {
  const { body, tag } = await askTagged<Profile>({ method: "GET", path: "/api/v1/users/profile" });
  showProfile(body, tag);
}

/** Ask in a way of one's own with the access token, and once more when it had expired. */
export async function asPerson<T>(asked: (bearer: string | undefined) => Promise<T>): Promise<T> {
  if (token === undefined && hasSignedIn()) {
    await renew();
  }
  const used = token;
  try {
    return await asked(used);
  } catch (error) {
    if (!(error instanceof ApiError && isAboutToken(error) && hasSignedIn())) {
      throw error;
    }
    // Another call may have renewed it while this one was under way.
    if (token === used) {
      await renew();
    }
    return asked(token);
  }
}

function isAboutToken(error: ApiError): boolean {
  return error.status === 401 && error.code.startsWith("access_token_");
}

/** Renew once for everybody who waits: a refresh token works one time. */
function renew(): Promise<void> {
  renewal ??= refresh()
    .then(
      (tokens) => {
        token = tokens.access_token;
      },
      (error) => {
        if (error instanceof ApiError && error.status === 401) {
          forgetSession();
          // Nobody asked for this: the page says so.
          standing.value = { name: "out", hasEnded: true };
        }
        throw error;
      },
    )
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}
