/** People of an organisation for tests. */

import type { AuditEntry, Colleague, ColleagueInvitation } from "@/api/organisation";

/** Somebody with an account. */
export function colleague(id: string, more: Partial<Colleague> = {}): Colleague {
  return {
    id,
    first_name: id,
    last_name: "Prakoso",
    avatar: null,
    email: `${id.toLowerCase()}@example.com`,
    role: "member",
    is_closed: false,
    created_at: "2026-11-21T09:00:00Z",
    last_login: null,
    ...more,
  };
}

/** Somebody who was invited. */
export function invited(email: string, more: Partial<ColleagueInvitation> = {}) {
  return {
    id: email,
    email,
    role: "member",
    language: "id",
    sent_at: "2026-11-21T09:00:00Z",
    expires_at: "2026-11-28T09:00:00Z",
    is_expired: false,
    ...more,
  } satisfies ColleagueInvitation;
}

/** One entry of the log. */
export function entry(number: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    number,
    at: "2026-11-21T09:00:00Z",
    action: "user.closed",
    actor: { id: "1", first_name: "Dewi", last_name: "Lestari", avatar: null },
    subject: { id: "2", first_name: "Budi", last_name: "Hartono", avatar: null },
    facts: {},
    address: "192.0.2.7",
    ...more,
  };
}
