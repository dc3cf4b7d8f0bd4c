import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { Room } from "@/features/rooms/Room";
import { chooseLocale } from "@/i18n/locale";

const CODE = "abc-defg-hij";
const VIEW = { code: CODE, title: "Teras", ended: false, participant_count: 2, participants: [] };
const DETAILS = {
  ...VIEW,
  description: "Rapat tiap pekan",
  created_at: "2026-11-01T00:00:00Z",
  ended_at: null,
  max_users: 20,
  has_password: true,
  is_host: true,
};
const AYU = {
  user_id: "1",
  first_name: "Ayu",
  last_name: "Lestari",
  role: "host",
  is_inside: true,
};

function open(more: Parameters<typeof fakeServer>[0] = {}, ownId = "1") {
  const asked = fakeServer({
    [`GET /rooms/${CODE}`]: () => json(VIEW),
    [`GET /rooms/${CODE}/details`]: () => json(DETAILS, 200, { etag: '"5"' }),
    [`GET /rooms/${CODE}/members`]: () => json([AYU]),
    [`GET /rooms/${CODE}/settings`]: () => json({ waiting_room: true, who_may_chat: "moderators" }),
    [`GET /rooms/${CODE}/retention`]: () => json({ days: 30 }),
    ...more,
  });
  render(<Room code={CODE} ownId={ownId} calendars="Calendars" settings={() => "Settings"} />);
  return asked;
}

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("the page of a room", () => {
  it("shows its host everything, and its rules in words", async () => {
    open();
    await screen.findByRole("heading", { name: "Teras" });
    expect(screen.getByText("2 people inside")).toBeDefined();
    expect(screen.getByText("Guests wait to be let in")).toBeDefined();
    expect(screen.getByText("It has a password")).toBeDefined();
    expect(screen.getByText("Only moderators write messages")).toBeDefined();
    expect(screen.getByText("Messages are kept for 30 days")).toBeDefined();
    expect(screen.getByText("Calendars")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Set up the room" }));
    expect(screen.getByText("Settings")).toBeDefined();
  });

  it("offers participants neither its name nor its rules to change", async () => {
    open({ [`GET /rooms/${CODE}/details`]: () => json({ ...DETAILS, is_host: false }) }, "2");
    await screen.findByRole("heading", { name: "Teras" });
    expect(screen.queryByRole("button", { name: "Rename" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Set up the room" })).toBeNull();
    expect(screen.queryByText("Calendars")).toBeNull();
  });

  it("is a name and a door for people who were never inside", async () => {
    open({ [`GET /rooms/${CODE}/details`]: () => refusal(403, "role_too_low") });
    await screen.findByText("You have not been in this room yet");
    expect(screen.getByRole("link", { name: "Enter the room" })).toBeDefined();
    expect(screen.queryByRole("tab")).toBeNull();
  });

  it("has no door when it is closed", async () => {
    open({ [`GET /rooms/${CODE}`]: () => json({ ...VIEW, ended: true }) });
    await screen.findByText("This room is closed");
    expect(screen.queryByRole("link", { name: "Enter the room" })).toBeNull();
  });

  it("says that there is none, and can be tried again", async () => {
    open({ [`GET /rooms/${CODE}`]: () => refusal(404, "room_not_found") });
    await screen.findByText("This code does not exist yet. Check the spelling.");
    expect(screen.getByRole("button", { name: "Try again" })).toBeDefined();
  });

  it("tells who renames it that somebody else just did, and then keeps what both changed", async () => {
    const answers = [refusal(412, "changed_meanwhile")];
    const asked = open({ [`PATCH /rooms/${CODE}`]: () => answers.shift() ?? json(DETAILS) });
    const reads = () => asked.filter(({ path }) => path.endsWith("/details"));
    fireEvent.click(await screen.findByRole("button", { name: "Rename" }));
    fireEvent.input(screen.getByLabelText("How many people at most"), { target: { value: "0" } });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(screen.getByText("Write a number from 1 up.")).toBeDefined();
    fireEvent.input(screen.getByLabelText("How many people at most"), { target: { value: "12" } });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("This was just changed elsewhere. Look at it, then save again.");
    await waitFor(() => expect(reads()).toHaveLength(2));
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.queryByRole("dialog", { hidden: true })).toBeNull());
    const changes = asked.filter(({ method }) => method === "PATCH");
    expect(changes.map(({ body }) => body)).toEqual([{ max_users: 12 }, { max_users: 12 }]);
  });
});
