/** What the links of invitations open, for people without an account as well. */

import { call } from "@/api/client";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type InvitationSeen = Schemas["InvitationSeen"];
export type Answer = Schemas["TokenAnswer"]["answer"];
export type GuestSeat = Schemas["GuestSeat"];

/** What a letter's link is about. */
export function lookAtInvitation(token: string): Promise<InvitationSeen> {
  return call({ method: "POST", path: "/api/v1/invitations/look", body: { token } });
}

/** Say whether one comes. */
export function answerInvitation(token: string, answer: Answer): Promise<InvitationSeen> {
  return call({ method: "POST", path: "/api/v1/invitations/answer", body: { token, answer } });
}

/** Take a place by the link that a host gave away. */
export function enterAsGuest(token: string, name: string): Promise<GuestSeat> {
  return call({ method: "POST", path: "/api/v1/guest-links/enter", body: { token, name } });
}
