import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetSession } from "@/api/account-session";
import type { Calendar } from "@/api/integrations";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { ConnectSlack } from "@/features/settings/ConnectSlack";
import { ServicesCard } from "@/features/settings/ServicesCard";
import { chooseLocale } from "@/i18n/locale";

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const done = () => new Response(null, { status: 204 });
const OFF: Calendar = { service: "google", status: "not_connected", account: "", failure: "" };
const ON: Calendar = { ...OFF, status: "connected", account: "ayu@example.com" };
const slack = (links: object[] = []) => ({ is_offered: true, links });

beforeEach(() => {
  chooseLocale("en");
  forgetSession();
  history.replaceState(null, "", "/settings");
});
afterEach(cleanup);

function show(calendars: Calendar[], offered: object = { is_offered: false, links: [] }) {
  const told = { left: [] as string[], calendars };
  const asked = fakeServer({
    "GET /integrations": () => json({ calendars: told.calendars, slack: offered }),
    "POST /integrations/calendars/google/connect": () => json({ url: "https://g.example/auth" }),
    "DELETE /integrations/calendars/google": done,
    "DELETE /integrations/slack/links/1": done,
  });
  render(<ServicesCard leave={(url) => told.left.push(url)} />);
  return { told, asked };
}

describe("ServicesCard", () => {
  it("is hidden where the server offers nothing", async () => {
    const { asked } = show([]);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.queryByText("Connected services")).toBeNull();
  });

  it("leaves for the service", async () => {
    const { told } = show([OFF]);
    await screen.findByText("Not connected yet");
    press("Connect Google Calendar");
    await waitFor(() => expect(told.left).toEqual(["https://g.example/auth"]));
  });

  it("says who is connected, and disconnects", async () => {
    const { told } = show([ON]);
    await screen.findByText("Connected as ayu@example.com");
    told.calendars = [OFF];
    press("Disconnect Google Calendar");
    await screen.findByText("Google Calendar is disconnected. What stands there stays.");
    await screen.findByText("Not connected yet");
  });

  it("says what to do when the service lets nobody in any more", async () => {
    show([{ ...ON, status: "ended", failure: "calendar_access_ended" }]);
    await screen.findByText("This service does not let us in any more. Connect it again.");
    screen.getByRole("button", { name: "Connect again Google Calendar" });
  });

  it("says that a calendar which is away is tried again", async () => {
    show([{ ...ON, failure: "calendar_unavailable" }]);
    await screen.findByText("The calendar does not answer just now. We try again by ourselves.");
  });

  it("says once why the way back failed", async () => {
    history.replaceState(null, "", "/settings?failure=calendar_declined");
    show([OFF]);
    await screen.findByText("You did not let us write into your calendar.");
    expect(location.search).toBe("");
  });

  it("shows who one is in Slack, and takes that back", async () => {
    const link = { id: "1", team: "example", name: "ayu", created_at: "2026-11-21T09:00:00Z" };
    const { asked } = show([], slack([link]));
    await screen.findByText("ayu in example");
    press("Disconnect ayu in example");
    await waitFor(() => expect(asked.map((one) => one.method)).toContain("DELETE"));
  });

  it("says how Slack is connected", async () => {
    show([], slack());
    await screen.findByText("Type /jumpa in Slack, then press the button that appears.");
  });
});

describe("ConnectSlack", () => {
  it("connects only whom somebody said yes to", async () => {
    history.replaceState(null, "", "/connect-slack#token");
    const asked = fakeServer({
      "POST /integrations/slack/look": () => json({ team: "example", name: "ayu" }),
      "POST /integrations/slack/links": () => json({}, 201),
    });
    render(<ConnectSlack />);
    await screen.findByText(
      "The command /jumpa of ayu in example will open meetings in your name.",
    );
    expect(asked).toHaveLength(1);
    expect(location.hash).toBe("");
    press("Connect");
    await screen.findByText("Slack is connected. Type /jumpa there again.");
    expect(asked[1]?.body).toEqual({ token: "token" });
  });

  it("says that a link was used", async () => {
    history.replaceState(null, "", "/connect-slack#token");
    fakeServer({ "POST /integrations/slack/look": () => refusal(410, "slack_link_spent") });
    render(<ConnectSlack />);
    await screen.findByText("This link from Slack was used or is too old. Type the command again.");
  });

  it("says that a link is not whole", () => {
    history.replaceState(null, "", "/connect-slack");
    render(<ConnectSlack />);
    screen.getByText("This link is not whole. Type /jumpa in Slack again.");
  });
});
