import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeServer, json } from "@/api/server.fake";
import { MeetingPage } from "@/features/schedule/MeetingPage";
import { MEETING } from "@/features/schedule/planned.fake";
import { chooseLocale } from "@/i18n/locale";

const NOW = new Date("2026-11-20T00:00:00Z");
const LISTED = new URLSearchParams({
  from: "2026-11-19T21:00:00.000Z",
  until: "2027-11-15T00:00:00.000Z",
  room_code: MEETING.room_code,
});

beforeEach(() => {
  chooseLocale("en");
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("the page of a meeting", () => {
  it("shows a meeting that was moved as it is now, also at the address without a time", async () => {
    history.replaceState(null, "", "/schedule/1");
    let meeting = { ...MEETING, rule: "" };
    const time = () => ({ ...meeting, meeting_id: "1", recurrence: meeting.start });
    const asked = fakeServer({
      "GET /meetings/1": () => json(meeting, 200, { etag: '"1"' }),
      [`GET /meetings?${LISTED}`]: () => json({ items: [time()], next_cursor: null }),
      "PATCH /meetings/1": ({ body }) => {
        meeting = { ...meeting, ...(body as object) };
        return json(meeting);
      },
    });
    render(
      <LocationProvider>
        <MeetingPage id="1" at={undefined} />
      </LocationProvider>,
    );

    fireEvent.click(await screen.findByRole("button", { name: "Change the meeting" }));
    fireEvent.input(screen.getByLabelText("Begins"), { target: { value: "08:00" } });
    fireEvent.click(screen.getByRole("button", { name: "Save the change" }));

    const reads = () => asked.filter(({ path }) => path === "/api/v1/meetings/1");
    await waitFor(() =>
      expect(reads().map(({ method }) => method)).toEqual(["GET", "PATCH", "GET"]),
    );
  });
});
