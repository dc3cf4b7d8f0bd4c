import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Occurrence } from "@/api/meetings";
import { fakeServer, json } from "@/api/server.fake";
import { Faces } from "@/features/home/Faces";
import { chooseLocale } from "@/i18n/locale";

const PATH = "GET /meetings/1/invitations?recurrence=2026-12-15T09%3A00%3A00";
const PLANNED = {
  meeting_id: "1",
  recurrence: "2026-12-15T09:00:00",
  answers: { accepted: 1, needs_action: 5, declined: 1, tentative: 0 },
} as Occurrence;
const WORDS = "1 person comes, 5 without an answer";

const invited = (name: string, answer = "needs_action", email = "x@example.com") => ({
  id: name,
  name,
  email,
  answer,
  role: "attendee",
  answered_at: null,
});

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("Faces", () => {
  it("are those of people who come, then of some who have not answered", async () => {
    const names = ["Budi", "", "Citra", "Dewi", "Eka"].map((name) =>
      invited(name, "needs_action", "zahra@example.com"),
    );
    const others = [invited("Fajar", "declined"), invited("Ayu", "accepted")];
    fakeServer({ [PATH]: () => json([...names, ...others]) });
    render(<Faces planned={PLANNED} />);

    await screen.findByText(WORDS);

    const letters = [...document.querySelectorAll(".avatar")].map(({ textContent }) => textContent);
    expect(letters).toEqual(["A", "B", "Z", "C", "+2"]);
  });

  it("are left out where the list cannot be had", async () => {
    fakeServer({});
    render(<Faces planned={PLANNED} />);

    await screen.findByText(WORDS);

    expect(document.querySelector(".avatar")).toBeNull();
  });

  it("are not asked for where nobody is invited", () => {
    const asked = fakeServer({});
    const answers = { accepted: 0, needs_action: 0, declined: 0, tentative: 0 };
    const { container } = render(<Faces planned={{ ...PLANNED, answers }} />);

    expect([asked, container.textContent]).toEqual([[], ""]);
  });
});
