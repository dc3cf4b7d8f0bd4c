/** What administrators see of the whole: usage, rooms in use, work, webhooks, and what is switched on. */

import { ask } from "@/api/account-session";
import type { Page } from "@/api/paging";
import type { components } from "@/api/schema.gen";
import { queryOf } from "@/lib/query";

type Schemas = components["schemas"];

export type Usage = Schemas["UsageRead"];
export type UsageDay = Schemas["DayRead"];
export type Ratings = Schemas["RatingsRead"];
export type MeetingsNow = Schemas["MeetingsNowRead"];
export type MeetingNow = Schemas["MeetingNowRead"];
export type PersonInside = Schemas["InsideRead"];
export type Job = Schemas["JobRead"];
export type JobState = Job["state"];
export type JobCount = Schemas["JobCount"];
export type Receiver = Schemas["ReceiverRead"];
export type Delivery = Schemas["DeliveryRead"];
export type DeliveryState = Delivery["state"];
export type ServerOverview = Schemas["OverviewRead"];
export type ServerSwitch = Schemas["SwitchRead"];
export type ServerFigure = Schemas["FigureRead"];

const BASE = "/api/v1/administration";
const JOBS = "/api/v1/jobs";
const DELIVERIES = `${BASE}/webhooks/deliveries`;

/** How much the organisation met on the last days, by clocks of this zone. */
export function getUsage(timeZone: string): Promise<Usage> {
  return ask({ method: "GET", path: `${BASE}/usage${queryOf({ time_zone: timeZone })}` });
}

/** How meetings of the last days sounded and looked, with the newest comments. */
export function getRatings(timeZone: string): Promise<Ratings> {
  return ask({ method: "GET", path: `${BASE}/ratings${queryOf({ time_zone: timeZone })}` });
}

/** Rooms in which somebody is. */
export function listMeetingsNow(): Promise<MeetingsNow> {
  return ask({ method: "GET", path: `${BASE}/meetings` });
}

/** End a meeting for everybody in it. */
export function endMeetingNow(code: string): Promise<void> {
  return ask({ method: "POST", path: `${BASE}/meetings/${encodeURIComponent(code)}/end` });
}

/** Jobs, newest first; empty words show all. */
export function listJobs(state: string, kind: string, cursor?: string): Promise<Page<Job>> {
  return ask({ method: "GET", path: `${JOBS}${queryOf({ state, kind, cursor })}` });
}

/** How many jobs there are of each kind and state. */
export function countJobs(): Promise<JobCount[]> {
  return ask({ method: "GET", path: `${JOBS}/counts` });
}

/** Do a job at once. */
export function retryJob(id: string): Promise<Job> {
  return ask({ method: "POST", path: `${JOBS}/${encodeURIComponent(id)}/retry` });
}

/** Take a job back. */
export function cancelJob(id: string): Promise<Job> {
  return ask({ method: "POST", path: `${JOBS}/${encodeURIComponent(id)}/cancel` });
}

/** Who is told what happens in live rooms. */
export function listReceivers(): Promise<Receiver[]> {
  return ask({ method: "GET", path: `${BASE}/webhooks/receivers` });
}

/** What was sent to them, newest first. */
export function listDeliveries(state: string, cursor?: string): Promise<Page<Delivery>> {
  return ask({ method: "GET", path: `${DELIVERIES}${queryOf({ state, cursor })}` });
}

/** Send one again. */
export function retryDelivery(id: string): Promise<Delivery> {
  return ask({ method: "POST", path: `${DELIVERIES}/${encodeURIComponent(id)}/retry` });
}

/** How the server was started. */
export function getServerOverview(): Promise<ServerOverview> {
  return ask({ method: "GET", path: `${BASE}/settings` });
}
