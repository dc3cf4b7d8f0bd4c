/** Secret addresses at which other calendars read one's meetings. */

import { ask } from "@/api/account-session";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type CalendarFeed = Schemas["CalendarFeedRead"];
/** A new one; its address is told once. */
export type NewCalendarFeed = Schemas["CalendarFeedCreated"];

const PATH = "/api/v1/calendars";

/** The addresses that one has made. */
export function listCalendars(): Promise<CalendarFeed[]> {
  return ask({ method: "GET", path: PATH });
}

/** Make an address for all of one's meetings, or for those in a room. */
export function createCalendar(roomCode: string): Promise<NewCalendarFeed> {
  return ask({ method: "POST", path: PATH, body: { room_code: roomCode } });
}

/** Take an address back. */
export function takeBackCalendar(id: string): Promise<void> {
  return ask({ method: "DELETE", path: `${PATH}/${encodeURIComponent(id)}` });
}
