import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Occurrence } from "@/api/meetings";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { Finished } from "@/features/home/Finished";
import { finishedOf } from "@/features/home/finished";
import { chooseLocale } from "@/i18n/locale";

const NOON = new Date(2026, 11, 2, 12, 0).getTime();
const MINUTE_MS = 60_000;
const ATTENDANCE = "GET /meetings/1/occurrences/first/attendance";
const FILES = "GET /rooms/abc-defg-hij/messages?limit=20&message_type=file";

const moment = (minutes: number) => new Date(NOON + minutes * MINUTE_MS).toISOString();

const time = (title: string, ends: number, given: Partial<Occurrence> = {}): Occurrence =>
  ({
    meeting_id: "1",
    recurrence: "first",
    title,
    room_code: "abc-defg-hij",
    part: "organiser",
    starts_at: moment(ends - 75),
    ends_at: moment(ends),
    ...given,
  }) as Occurrence;

const file = (minutes: number) => ({ created_at: moment(minutes), file: { name: "a.pdf" } });

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("finishedOf", () => {
  it("is the last three that are over, newest first", () => {
    const found = [time("a", -900), time("b", -600), time("c", -300), time("d", -5), time("e", 5)];
    expect(finishedOf(found, NOON).map(({ title }) => title)).toEqual(["d", "c", "b"]);
  });
});

describe("Finished", () => {
  it("says when it was, who came, and which files were shared around it", async () => {
    const attended = [{ name: "Sari" }, { name: "Budi" }];
    // One from the time before, two of this one, and a message whose file is gone.
    const files = [file(-1440), file(-100), file(60), { ...file(-20), file: null }];
    fakeServer({
      [ATTENDANCE]: () => json(attended),
      [FILES]: () => json({ items: files }),
    });
    render(<Finished finished={[time("Rapat", -10)]} now={NOON} />);

    await screen.findByText("2 people came");

    const link = screen.getByRole("link", { name: "2 files" });
    expect(link.getAttribute("href")).toBe("/rooms/abc-defg-hij");
    expect(screen.getByText("Today · 1 hr 15 mins")).toBeDefined();
    const letters = [...document.querySelectorAll(".avatar")].map(({ textContent }) => textContent);
    expect(letters).toEqual(["S", "B"]);
  });

  it("asks for no attendance as somebody who is invited", async () => {
    const asked = fakeServer({ [FILES]: () => json({ items: [file(-1450)] }) });
    render(<Finished finished={[time("Rapat", -1440, { part: "attendee" })]} now={NOON} />);

    await screen.findByRole("link", { name: "1 file" });

    expect(screen.getByText("Yesterday · 1 hr 15 mins")).toBeDefined();
    expect(asked.map(({ path }) => path.includes("attendance"))).toEqual([false]);
    expect(screen.queryByText(/came/)).toBeNull();
  });

  it("leaves out what cannot be had", async () => {
    fakeServer({ [ATTENDANCE]: () => json([]), [FILES]: () => refusal(403, "role_too_low") });
    render(<Finished finished={[time("Rapat", -10)]} now={NOON} />);

    await screen.findByText("Nobody came");

    expect(screen.queryByRole("link", { name: /file/ })).toBeNull();
  });
});
