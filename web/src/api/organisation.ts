/** The people of the organisation as administrators look after them, and the log of what was done. */

import { ask, askFile, askTagged } from "@/api/account-session";
import { call } from "@/api/client";
import type { Page } from "@/api/paging";
import type { components } from "@/api/schema.gen";
import { queryOf } from "@/lib/query";

type Schemas = components["schemas"];

export type Organisation = Schemas["OrganisationRead"];
export type Colleague = Schemas["ColleagueRead"];
export type ColleagueRole = Colleague["role"];
export type ColleagueInvitation = Schemas["ColleagueInvitationRead"];
export type AuditEntry = Schemas["EntryRead"];
export type InvitationSeen = Schemas["ColleagueInvitationSeen"];
export type Acceptance = Schemas["ColleagueInvitationAccept"];

/** Whom the list of people shows; empty shows everybody. */
export interface ColleagueFilter {
  text: string;
  role: "" | ColleagueRole;
  standing: "" | "open" | "closed";
}

/** What the log shows; days are those of the browser, and empty shows all. */
export interface AuditFilter {
  person: string;
  action: string;
  since: string;
  until: string;
}

const BASE = "/api/v1/organisation";
const personPath = (id: string) => `${BASE}/people/${encodeURIComponent(id)}`;
const invitationPath = (id: string) => `${BASE}/invitations/${encodeURIComponent(id)}`;

/** The organisation, with the version that a change is meant for. */
export function readOrganisation(): Promise<{ body: Organisation; tag: string | undefined }> {
  return askTagged({ method: "GET", path: BASE });
}

/** Give the organisation another name. */
export function renameOrganisation(
  name: string,
  tag: string | undefined,
): Promise<{ body: Organisation; tag: string | undefined }> {
  return askTagged({ method: "PUT", path: BASE, body: { name }, ifMatch: tag });
}

/** One page of people, by name. */
export function listColleagues(
  { text, role, standing }: ColleagueFilter,
  cursor?: string,
): Promise<Page<Colleague>> {
  const isClosed = standing === "" ? undefined : String(standing === "closed");
  const query = queryOf({ q: text.trim(), role, is_closed: isClosed, cursor });
  return ask({ method: "GET", path: `${BASE}/people${query}` });
}

/** One person. */
export function readColleague(id: string): Promise<Colleague> {
  return ask({ method: "GET", path: personPath(id) });
}

/** Let somebody administrate, or no longer. */
export function changeRole(id: string, role: ColleagueRole): Promise<Colleague> {
  return ask({ method: "PUT", path: `${personPath(id)}/role`, body: { role } });
}

/** Close an account: out at once, everywhere. */
export function closeAccount(id: string): Promise<Colleague> {
  return ask({ method: "POST", path: `${personPath(id)}/close` });
}

/** Open a closed account again. */
export function reopenAccount(id: string): Promise<Colleague> {
  return ask({ method: "POST", path: `${personPath(id)}/reopen` });
}

/** Sign somebody out on every device. */
export function signOutEverywhere(id: string): Promise<void> {
  return ask({ method: "DELETE", path: `${personPath(id)}/sessions` });
}

/** Remove an account for good. */
export function removeAccount(id: string): Promise<void> {
  return ask({ method: "DELETE", path: personPath(id) });
}

/** One page of invitations that nobody has accepted yet, by address. */
export function listColleagueInvitations(cursor?: string): Promise<Page<ColleagueInvitation>> {
  return ask({ method: "GET", path: `${BASE}/invitations${queryOf({ cursor })}` });
}

/** Write to an address; somebody who was invited already gets a new link. */
export function inviteColleague(
  invited: Schemas["ColleagueInvitationCreate"],
): Promise<ColleagueInvitation> {
  return ask({ method: "POST", path: `${BASE}/invitations`, body: invited });
}

/** Send a new link. */
export function resendInvitation(id: string): Promise<ColleagueInvitation> {
  return ask({ method: "POST", path: `${invitationPath(id)}/resend` });
}

/** Take an invitation back. */
export function withdrawInvitation(id: string): Promise<void> {
  return ask({ method: "DELETE", path: invitationPath(id) });
}

/** What the link of a letter is for. */
export function lookAtInvitation(token: string): Promise<InvitationSeen> {
  return call({ method: "POST", path: "/api/v1/auth/invitation/look", body: { token } });
}

/** Make the account of an invitation. */
export function acceptInvitation(acceptance: Acceptance): Promise<void> {
  return call({ method: "POST", path: "/api/v1/auth/invitation/accept", body: acceptance });
}

/** One page of the log, newest first. */
export function listAuditEntries(filter: AuditFilter, cursor?: string): Promise<Page<AuditEntry>> {
  return ask({ method: "GET", path: `${BASE}/audit${auditQuery(filter, cursor)}` });
}

/** The log as a file for spreadsheets. */
export function exportAuditEntries(filter: AuditFilter): Promise<Blob> {
  return askFile({ method: "GET", path: `${BASE}/audit.csv${auditQuery(filter)}` });
}

function auditQuery({ person, action, since, until }: AuditFilter, cursor?: string): string {
  return queryOf({ person, action, since: startOf(since), until: startOf(until, 1), cursor });
}

/** When a day begins here, or so many days later. */
function startOf(day: string, later = 0): string | undefined {
  if (day === "") {
    return undefined;
  }
  const start = new Date(`${day}T00:00`);
  start.setDate(start.getDate() + later);
  // Some browsers let people type years that no clock knows.
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
