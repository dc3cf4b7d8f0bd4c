import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { AnswerCard } from "@/features/schedule/AnswerCard";
import { Attendance } from "@/features/schedule/Attendance";
import { Calendars } from "@/features/schedule/Calendars";
import { Coming } from "@/features/schedule/Coming";
import { Groups } from "@/features/schedule/Groups";
import { GuestLinks } from "@/features/schedule/GuestLinks";
import { MEETING, THIRD } from "@/features/schedule/planned.fake";
import { WaitingRoom } from "@/features/schedule/WaitingRoom";
import { chooseLocale } from "@/i18n/locale";

const AT = "2026-12-15T09:00:00";
const TIME = `/meetings/1/occurrences/${encodeURIComponent(AT)}`;
const INVITED = `/meetings/1/invitations?recurrence=${encodeURIComponent(AT)}`;
const BUDI = {
  id: "i1",
  email: "budi@example.com",
  name: "Budi",
  role: "attendee",
  answer: "accepted",
  answered_at: null,
};

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("who comes", () => {
  it("is counted for one time, and changed by the organiser alone", async () => {
    const asked = fakeServer({
      [`GET ${INVITED}`]: () => json([BUDI, { ...BUDI, id: "i2", email: "eka@example.com" }]),
      "POST /meetings/1/invitations": () => json([]),
    });
    render(<Coming meeting={MEETING} at={AT} isOn />);
    await screen.findByText("2 come · 0 maybe · 0 not · 0 without an answer");
    const [first] = screen.getAllByRole("menuitem", { name: "Make co-host", hidden: true });
    fireEvent.click(first as HTMLElement);
    await waitFor(() => expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1));
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
      invited: [{ email: "budi@example.com", role: "cohost" }],
    });
  });

  it("lets co-hosts invite, and not touch other co-hosts", async () => {
    fakeServer({ [`GET ${INVITED}`]: () => json([{ ...BUDI, role: "cohost" }]) });
    render(<Coming meeting={{ ...MEETING, part: "cohost" }} at={AT} isOn />);
    await screen.findByText(/Co-host/);
    expect(screen.queryByRole("button", { name: "Choices for Budi" })).toBeNull();
    expect(screen.getByLabelText("Invite more people")).toBeDefined();
  });

  it("says why somebody cannot be a co-host", async () => {
    fakeServer({
      [`GET ${INVITED}`]: () => json([BUDI]),
      "POST /meetings/1/invitations": () => refusal(400, "cohost_unknown"),
    });
    render(<Coming meeting={MEETING} at={AT} isOn />);
    await screen.findByText("Budi");
    fireEvent.click(screen.getByRole("menuitem", { name: "Make co-host", hidden: true }));
    await screen.findByText("A co-host needs an account in your organisation.");
  });
});

describe("an answer", () => {
  it("is for one time unless all are meant", async () => {
    const asked = fakeServer({
      "PUT /meetings/1/answer": () => new Response(null, { status: 204 }),
    });
    const planned = { ...THIRD, answer: "needs_action" as const };
    render(<AnswerCard meeting={MEETING} planned={planned} onAnswered={() => undefined} />);
    press("Maybe");
    await screen.findByText("The organiser knows that you may come.");
    fireEvent.click(screen.getByRole("radio", { name: "All times" }));
    press("Yes");
    await screen.findByText("The organiser knows that you come.");
    expect(asked.map(({ body }) => body)).toEqual([
      { answer: "tentative", recurrence: AT },
      { answer: "accepted" },
    ]);
  });
});

describe("attendance", () => {
  it("adds up minutes, and says who is still there", async () => {
    const gita = {
      name: "Gita",
      user_id: null,
      first_at: "2026-12-15T02:00:00Z",
      last_at: "2026-12-15T02:31:00Z",
      visits: 2,
      present_s: 1680,
      is_inside: true,
    };
    fakeServer({ [`GET ${TIME}/attendance`]: () => json([gita]) });
    render(<Attendance meeting="1" at={AT} />);
    const row = await screen.findByRole("row", { name: /Gita/ });
    expect(row.textContent).toMatch(/still inside228$/);
  });

  it("can be tried again", async () => {
    let isDown = true;
    fakeServer({
      [`GET ${TIME}/attendance`]: () => (isDown ? refusal(503, "unreachable") : json([])),
    });
    render(<Attendance meeting="1" at={AT} />);
    await screen.findByRole("alert");
    isDown = false;
    press("Try again");
    await screen.findByText("Nobody was there yet.");
  });
});

describe("a secret address", () => {
  const LINK = { id: "l", label: "Pers", created_at: "", expires_at: "2026-12-15T03:30:00Z" };
  const FEED = { id: "f", room_code: "", created_at: "2026-11-01T00:00:00Z" };

  it("of guests is shown once, and gone when it is taken back", async () => {
    const links: unknown[] = [];
    fakeServer({
      "GET /meetings/1/guest-links": () => json(links),
      "POST /meetings/1/guest-links": () => {
        links.push(LINK);
        return json({ ...LINK, url: "https://meet.example/guest#secret" }, 201);
      },
      "DELETE /meetings/1/guest-links/l": () => {
        links.pop();
        return new Response(null, { status: 204 });
      },
    });
    render(<GuestLinks meeting="1" />);
    await screen.findByText("There is no guest link yet.");
    press("Make a link");
    await screen.findByText("https://meet.example/guest#secret");
    fireEvent.click(await screen.findByRole("button", { name: "Take back Pers" }));
    await screen.findByText("There is no guest link yet.");
    expect(screen.queryByText(/secret/)).toBeNull();
  });

  it("of calendars says when there are too many", async () => {
    fakeServer({
      "GET /calendars": () => json([FEED, { ...FEED, id: "g", room_code: "abc-defg-hij" }]),
      "POST /calendars": () => refusal(409, "too_many_calendar_feeds"),
    });
    render(<Calendars room="abc-defg-hij" />);
    await screen.findByText("Room abc-defg-hij");
    expect(screen.queryByText("All your meetings")).toBeNull();
    press("Make an address");
    await screen.findByText(/as many calendar addresses as allowed/);
  });
});

describe("the waiting room", () => {
  it("goes back when it is refused, and says why", async () => {
    fakeServer({
      "GET /rooms/abc/settings": () => json({ waiting_room: false }),
      "PUT /rooms/abc/settings": () => refusal(403, "role_too_low"),
    });
    render(<WaitingRoom code="abc" />);
    fireEvent.click(await screen.findByRole("switch"));
    await screen.findByText(/does not allow/);
    expect(screen.getByRole("switch").getAttribute("aria-checked")).toBe("false");
  });
});

describe("a group", () => {
  it("is made of a name and addresses, and told what is none", async () => {
    const onAsk = vi.fn();
    fakeServer({
      "GET /invitation-groups": () => json([]),
      "POST /invitation-groups": ({ body }) => {
        onAsk(body);
        return json({}, 201);
      },
    });
    render(<Groups />);
    await screen.findByText("There is no group yet.");
    press("Make a group");
    const field = screen.getByLabelText("E-mail addresses of its people");
    fireEvent.input(field, { target: { value: "oops" } });
    press("Save");
    expect(screen.getByText("Write a name for the group.")).toBeDefined();
    expect(screen.getByText("This is not an e-mail address: oops")).toBeDefined();
    fireEvent.input(screen.getByLabelText("Name of the group"), { target: { value: "Komite" } });
    fireEvent.input(field, { target: { value: "Ani <ani@example.com>\nbudi@example.com" } });
    press("Save");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(onAsk).toHaveBeenCalledWith({
      name: "Komite",
      members: [
        { email: "ani@example.com", name: "Ani" },
        { email: "budi@example.com", name: null },
      ],
    });
  });
});
