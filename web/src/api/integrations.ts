/** Services of others: calendars that are connected, and people of Slack. */

import { ask } from "@/api/account-session";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type Integrations = Schemas["IntegrationsRead"];
export type Calendar = Schemas["CalendarRead"];
export type SlackLink = Schemas["SlackLinkRead"];
export type SlackPerson = Schemas["SlackPersonRead"];

const PATH = "/api/v1/integrations";

/** What this server offers, and what of it is connected. */
export function listIntegrations(): Promise<Integrations> {
  return ask({ method: "GET", path: PATH });
}

/** Begin to connect a calendar; answers where the browser goes. */
export async function connectCalendar(service: Calendar["service"]): Promise<string> {
  const path = `${PATH}/calendars/${service}/connect`;
  return (await ask<Schemas["CalendarConnecting"]>({ method: "POST", path })).url;
}

/** Forget a calendar. */
export function disconnectCalendar(service: Calendar["service"]): Promise<void> {
  return ask({ method: "DELETE", path: `${PATH}/calendars/${service}` });
}

/** Whom a link from Slack would connect. */
export function lookAtSlackLink(token: string): Promise<SlackPerson> {
  return ask({ method: "POST", path: `${PATH}/slack/look`, body: { token } });
}

/** Let somebody of Slack be whoever is signed in. */
export function connectSlack(token: string): Promise<SlackLink> {
  return ask({ method: "POST", path: `${PATH}/slack/links`, body: { token } });
}

/** Take that back. */
export function disconnectSlack(id: string): Promise<void> {
  return ask({ method: "DELETE", path: `${PATH}/slack/links/${encodeURIComponent(id)}` });
}
