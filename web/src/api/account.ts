/** What people do with their own account. */

import { ask, askTagged, type Profile, readProfile, showProfile } from "@/api/account-session";
import type { Ceremony } from "@/api/auth";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type Device = Schemas["SessionRead"];
export type Passkey = Schemas["PasskeyRead"];
export type UserSettings = Schemas["UserSettings"];
export type Security = Schemas["SecurityRead"];
export type Enrolment = Schemas["AuthenticatorRead"];

const SETTINGS = "/api/v1/users/settings";

/** Change the name; `tag` is the version that was seen. */
export async function updateProfile(
  firstName: string,
  lastName: string,
  tag: string | undefined,
): Promise<void> {
  const answer = await askTagged<Profile>({
    method: "PUT",
    path: "/api/v1/users/profile",
    body: { first_name: firstName, last_name: lastName },
    ifMatch: tag,
  });
  showProfile(answer.body, answer.tag);
}

/** Replace the picture by this file. */
export async function replaceAvatar(file: Blob): Promise<void> {
  await ask<Profile>({ method: "PUT", path: "/api/v1/users/avatar", body: file });
  await readProfile();
}

/** Remove the picture. */
export async function removeAvatar(): Promise<void> {
  await ask<void>({ method: "DELETE", path: "/api/v1/users/avatar" });
  await readProfile();
}

/** Change the password; other sessions end. */
export function changePassword(current: string, next: string): Promise<void> {
  const body = { current_password: current, new_password: next };
  return ask({ method: "PUT", path: "/api/v1/users/password", body });
}

/** What the person chose about their account. */
export function getSettings(): Promise<UserSettings> {
  return ask({ method: "GET", path: SETTINGS });
}

/** Change some of it; what others changed meanwhile stays. */
export async function changeSettings(changed: Partial<UserSettings>): Promise<UserSettings> {
  const body = { ...(await getSettings()), ...changed };
  return ask({ method: "PUT", path: SETTINGS, body });
}

/** Devices that are signed in, the last used first. */
export async function listDevices(): Promise<Device[]> {
  return (await ask<Schemas["SessionList"]>({ method: "GET", path: "/api/v1/auth/sessions" }))
    .items;
}

/** Sign one device out. */
export function signOutDevice(id: string): Promise<void> {
  return ask({ method: "DELETE", path: `/api/v1/auth/sessions/${encodeURIComponent(id)}` });
}

/** Sign every device out but this one. */
export function signOutOthers(): Promise<void> {
  return ask({ method: "DELETE", path: "/api/v1/auth/sessions" });
}

/** By what one signs in. */
export function getSecurity(): Promise<Security> {
  return ask({ method: "GET", path: "/api/v1/auth/security" });
}

/** Begin to connect the organisation's provider; answers where the browser goes. */
export async function connectProvider(password: string): Promise<string> {
  const path = "/api/v1/auth/oidc/connect";
  const body = { password, return_to: "/security" };
  return (await ask<Schemas["OidcConnecting"]>({ method: "POST", path, body })).url;
}

/** Sign in with the organisation's provider no longer. */
export function disconnectProvider(password: string): Promise<void> {
  return ask({ method: "POST", path: "/api/v1/auth/oidc/disconnect", body: { password } });
}

/** Begin one-time codes: a secret for the authenticator app. */
export function beginAuthenticator(password: string): Promise<Enrolment> {
  return ask({ method: "POST", path: "/api/v1/auth/authenticator", body: { password } });
}

/** Turn one-time codes on; answers the recovery codes, which are told only now. */
export async function confirmAuthenticator(code: string): Promise<string[]> {
  const path = "/api/v1/auth/authenticator/confirm";
  const answer = await ask<Schemas["RecoveryCodes"]>({ method: "POST", path, body: { code } });
  return answer.recovery_codes;
}

/** Turn one-time codes off. */
export function removeAuthenticator(password: string): Promise<void> {
  return ask({ method: "POST", path: "/api/v1/auth/authenticator/remove", body: { password } });
}

/** Passkeys of the account, oldest first. */
export async function listPasskeys(): Promise<Passkey[]> {
  return (await ask<Schemas["PasskeyList"]>({ method: "GET", path: "/api/v1/auth/passkeys" }))
    .items;
}

/** Begin to add a passkey. */
export function beginPasskey(password: string): Promise<Ceremony> {
  return ask({ method: "POST", path: "/api/v1/auth/passkeys/begin", body: { password } });
}

/** Keep the passkey that the browser made. */
export function addPasskey(
  ceremony: string,
  name: string,
  credential: Record<string, unknown>,
): Promise<Passkey> {
  const body = { ceremony, name, credential };
  return ask({ method: "POST", path: "/api/v1/auth/passkeys", body });
}

/** Remove a passkey. */
export function removePasskey(id: string): Promise<void> {
  return ask({ method: "DELETE", path: `/api/v1/auth/passkeys/${encodeURIComponent(id)}` });
}
