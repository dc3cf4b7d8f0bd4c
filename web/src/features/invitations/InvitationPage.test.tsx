import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { InvitationPage } from "@/features/invitations/InvitationPage";
import { chooseLocale } from "@/i18n/locale";

const SEEN = {
  title: "Morning tea",
  agenda: "Cake\nTea",
  organiser: "Ayu Lestari",
  time_zone: "Asia/Jakarta",
  start: "2026-12-01T09:00:00",
  end: "2026-12-01T09:30:00",
  rule: "FREQ=WEEKLY;BYDAY=TU",
  url: "https://meet.example/abc-defg-hij",
  status: "planned",
  email: "budi@example.com",
  answer: "needs_action",
  occurrences: [
    {
      recurrence: "2026-12-08T09:00:00",
      start: "2026-12-08T10:00:00",
      end: "2026-12-08T10:30:00",
      answer: "accepted",
    },
  ],
};

function open(hash: string) {
  location.hash = hash;
  render(<InvitationPage />);
}

const pressed = (name: string) =>
  screen.getByRole("button", { name }).getAttribute("aria-pressed") === "true";

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("an invitation", () => {
  it("says what is planned and keeps its token out of the address", async () => {
    const asked = fakeServer({ "POST /invitations/look": () => json(SEEN) });
    open("#secret");
    await screen.findByRole("heading", { name: "Morning tea" });
    expect(screen.getByText("Every week")).toBeDefined();
    expect(screen.getByText("Ayu Lestari")).toBeDefined();
    expect(pressed("Yes")).toBe(false);
    expect(asked[0]?.body).toEqual({ token: "secret" });
    expect(location.hash).toBe("");
  });

  it("takes an answer, and another one", async () => {
    const asked = fakeServer({
      "POST /invitations/look": () => json(SEEN),
      "POST /invitations/answer": ({ body }) =>
        json({ ...SEEN, answer: (body as { answer: string }).answer }),
    });
    open("#secret");
    fireEvent.click(await screen.findByRole("button", { name: "Maybe" }));
    await screen.findByText("The organiser knows that you may come.");
    expect(pressed("Maybe")).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "No" }));
    await screen.findByText("The organiser knows that you do not come.");
    expect([pressed("Maybe"), pressed("No")]).toEqual([false, true]);
    expect(asked.at(-1)?.body).toEqual({ token: "secret", answer: "declined" });
  });

  it("takes an answer to one time alone", async () => {
    const [time] = SEEN.occurrences;
    const asked = fakeServer({
      "POST /invitations/look": () => json(SEEN),
      "POST /invitations/answer": () =>
        json({ ...SEEN, occurrences: [{ ...time, answer: "declined" }] }),
    });
    open("#secret");
    fireEvent.change(await screen.findByLabelText("Answer for"), {
      target: { value: "2026-12-08T09:00:00" },
    });
    expect(pressed("Yes")).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "No" }));
    await screen.findByText("The organiser knows that you do not come.");
    expect(asked.at(-1)?.body).toEqual({
      token: "secret",
      answer: "declined",
      recurrence: "2026-12-08T09:00:00",
    });
    expect(pressed("No")).toBe(true);
    fireEvent.change(screen.getByLabelText("Answer for"), { target: { value: "" } });
    expect(pressed("No")).toBe(false);
  });

  it("says so when it was called off meanwhile, and keeps the old answer", async () => {
    fakeServer({
      "POST /invitations/look": () => json({ ...SEEN, answer: "accepted" }),
      "POST /invitations/answer": () => refusal(409, "meeting_cancelled"),
    });
    open("#secret");
    fireEvent.click(await screen.findByRole("button", { name: "No" }));
    await screen.findByText("This meeting was called off.");
    expect(pressed("Yes")).toBe(true);
  });

  it("of a meeting that was called off asks for nothing", async () => {
    fakeServer({ "POST /invitations/look": () => json({ ...SEEN, status: "cancelled" }) });
    open("#secret");
    await screen.findByRole("heading", { name: "This meeting was called off" });
    expect(screen.queryByRole("button", { name: "Yes" })).toBeNull();
  });

  it("that was taken back can be tried again and leads to the front page", async () => {
    fakeServer({ "POST /invitations/look": () => refusal(404, "invitation_not_found") });
    open("#secret");
    await screen.findByText("This invitation was taken back, or its link was copied in part.");
    expect(screen.getByRole("link", { name: "To the front page" })).toBeDefined();
  });

  it("without a token is incomplete, and nobody is asked", () => {
    const asked = fakeServer({});
    open("");
    expect(screen.getByText(/^This link is incomplete/)).toBeDefined();
    expect(asked).toEqual([]);
  });
});
