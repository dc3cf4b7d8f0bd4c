/** Notifications for tests. */

import type { Notification } from "@/api/notifications";

/** One that came today, unread unless told otherwise. */
export function news(id: string, isRead = false, given: Partial<Notification> = {}): Notification {
  return {
    id,
    type: "meeting_invited",
    title: `Undangan: Rapat ${id}`,
    message: `Ayu mengundang Anda ke Rapat ${id}.`,
    link: "/abc-defg-hij",
    is_read: isRead,
    created_at: "2026-11-21T09:00:00Z",
    ...given,
  };
}
