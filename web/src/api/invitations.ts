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

/** Say whether one comes: to all times, or to one. */
export function answerInvitation(
  token: string,
  answer: Answer,
  recurrence?: string,
): Promise<InvitationSeen> {
  const body = { token, answer, ...(recurrence === undefined ? {} : { recurrence }) };
  return call({ method: "POST", path: "/api/v1/invitations/answer", body });
}

/** Take a place by the link that a host gave away. */
export function enterAsGuest(token: string, name: string): Promise<GuestSeat> {
  return call({ method: "POST", path: "/api/v1/guest-links/enter", body: { token, name } });
}
