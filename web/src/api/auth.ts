/** Proving who somebody is: calls that need no session yet, and those that make or end one. */

import { call } from "@/api/client";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type Tokens = Schemas["TokensRead"];
export type Registration = Schemas["Register"];
export type SignInOptions = Schemas["SignInOptions"];
export type Ceremony = Schemas["CeremonyRead"];

/** What somebody types to sign in; the code only where the account needs one. */
export interface Credentials {
  email: string;
  password: string;
  code?: string;
}

// The browser keeps the long-lived token in a cookie that no script reads.
const IN_COOKIE = { refresh_in: "cookie" } as const;

/** What this server offers for signing up and in. */
export function signInOptions(): Promise<SignInOptions> {
  return call({ method: "GET", path: "/api/v1/auth/options" });
}

/** Where signing in with the organisation's provider begins, as a page; it comes back to ours for signing in. */
export const PROVIDER_START = "/api/v1/auth/oidc/start?return_to=/login";

/** Ask for an account; the answer is the same whether the address has one. */
export function register(registration: Registration): Promise<void> {
  return call({ method: "POST", path: "/api/v1/auth/register", body: registration });
}

/** Prove an address by the token of a letter. */
export function verifyEmail(token: string): Promise<void> {
  return call({ method: "POST", path: "/api/v1/auth/verify-email", body: { token } });
}

/** Ask for a letter that resets the password. */
export function forgotPassword(email: string): Promise<void> {
  return call({ method: "POST", path: "/api/v1/auth/forgot-password", body: { email } });
}

/** Set a new password by the token of a letter. */
export function resetPassword(token: string, password: string): Promise<void> {
  return call({ method: "POST", path: "/api/v1/auth/reset-password", body: { token, password } });
}

/** Sign in. */
export function logIn(credentials: Credentials): Promise<Tokens> {
  return call({
    method: "POST",
    path: "/api/v1/auth/login",
    body: { ...credentials, ...IN_COOKIE },
  });
}

/** Begin to sign in with a passkey. */
export function beginPasskeyLogIn(): Promise<Ceremony> {
  return call({ method: "POST", path: "/api/v1/auth/passkeys/login/begin" });
}

/** Sign in with what the passkey answered. */
export function logInWithPasskey(
  ceremony: string,
  credential: Record<string, unknown>,
): Promise<Tokens> {
  const body = { ceremony, credential, ...IN_COOKIE };
  return call({ method: "POST", path: "/api/v1/auth/passkeys/login", body });
}

/** Exchange the cookie for new tokens. */
export function refresh(): Promise<Tokens> {
  return call({ method: "POST", path: "/api/v1/auth/refresh" });
}

/** End the session of the cookie. */
export function logOut(): Promise<void> {
  return call({ method: "POST", path: "/api/v1/auth/logout" });
}
