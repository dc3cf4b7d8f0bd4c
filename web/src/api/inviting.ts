/** Who is invited to a meeting, groups of people who are invited together, and links for guests. */

import { ask } from "@/api/account-session";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type Invitation = Schemas["InvitationRead"];
export type Invitee = Schemas["InvitationCreate"];
export type GuestLink = Schemas["GuestLinkRead"];
/** A new link; its address is told once. */
export type NewGuestLink = Schemas["GuestLinkCreated"];
export type Group = Schemas["GroupRead"];
export type GroupDraft = Schemas["GroupWrite"];

const GROUPS = "/api/v1/invitation-groups";
const groupPath = (id: string) => `${GROUPS}/${encodeURIComponent(id)}`;
const meetingPath = (id: string) => `/api/v1/meetings/${encodeURIComponent(id)}`;

/** Who is invited, and what they answered: to all times, or to one. */
export function listInvitations(meeting: string, recurrence?: string): Promise<Invitation[]> {
  const query = recurrence === undefined ? "" : `?${new URLSearchParams({ recurrence })}`;
  return ask({ method: "GET", path: `${meetingPath(meeting)}/invitations${query}` });
}

/** Invite people, or change what they are; answers with everybody who is invited. */
export function invite(meeting: string, invited: readonly Invitee[]): Promise<Invitation[]> {
  return ask({ method: "POST", path: `${meetingPath(meeting)}/invitations`, body: { invited } });
}

/** Take an invitation back. */
export function takeBackInvitation(meeting: string, id: string): Promise<void> {
  const path = `${meetingPath(meeting)}/invitations/${encodeURIComponent(id)}`;
  return ask({ method: "DELETE", path });
}

/** The links for people without an account. */
export function listGuestLinks(meeting: string): Promise<GuestLink[]> {
  return ask({ method: "GET", path: `${meetingPath(meeting)}/guest-links` });
}

/** Make a link that ends with the meeting. */
export function createGuestLink(meeting: string, label: string): Promise<NewGuestLink> {
  return ask({ method: "POST", path: `${meetingPath(meeting)}/guest-links`, body: { label } });
}

/** Take a link back. */
export function takeBackGuestLink(meeting: string, id: string): Promise<void> {
  const path = `${meetingPath(meeting)}/guest-links/${encodeURIComponent(id)}`;
  return ask({ method: "DELETE", path });
}

/** One's groups, by name. */
export function listGroups(): Promise<Group[]> {
  return ask({ method: "GET", path: GROUPS });
}

/** Make a group. */
export function createGroup(group: GroupDraft): Promise<Group> {
  return ask({ method: "POST", path: GROUPS, body: group });
}

/** Give a group another name and other people. */
export function replaceGroup(id: string, group: GroupDraft): Promise<Group> {
  return ask({ method: "PUT", path: groupPath(id), body: group });
}

/** Forget a group. */
export function deleteGroup(id: string): Promise<void> {
  return ask({ method: "DELETE", path: groupPath(id) });
}
