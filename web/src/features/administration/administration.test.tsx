import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetSession } from "@/api/account-session";
import type { Job } from "@/api/administration";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { MeetingsNow } from "@/features/administration/MeetingsNow";
import { Overview } from "@/features/administration/Overview";
import { Ratings } from "@/features/administration/Ratings";
import { ServerSettings } from "@/features/administration/ServerSettings";
import { Webhooks } from "@/features/administration/Webhooks";
import { Work } from "@/features/administration/Work";
import { chooseLocale } from "@/i18n/locale";

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const ignore = () => undefined;
const JOB: Job = {
  id: "1",
  kind: "letter",
  state: "failed",
  attempts: 12,
  due_at: "2026-11-21T09:00:00Z",
  created_at: "2026-11-21T09:00:00Z",
  ended_at: "2026-11-21T10:00:00Z",
  failure: "mail_unavailable",
};

beforeEach(() => {
  chooseLocale("en");
  forgetSession();
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});
afterEach(cleanup);

function usage(values: number[]) {
  const used = (meetings: number) => ({ meetings, people: 3 * meetings, minutes: 90 * meetings });
  const days = values.map((value, index) => ({ date: `2026-11-2${index}`, ...used(value) }));
  const stored = { files: 2, file_bytes: 4_200_000, messages: 7, free_bytes: null };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const path = `GET /administration/usage?${new URLSearchParams({ time_zone: zone })}`;
  const whole = used(values.reduce((sum, value) => sum + value, 0));
  fakeServer({ [path]: () => json({ time_zone: zone, days, whole, stored }) });
}

describe("Overview", () => {
  it("draws a bar for each day, and says the same in words and as a table", async () => {
    usage([0, 4, 1]);
    render(<Overview onRefused={ignore} />);
    const chart = await screen.findByRole("img");
    expect(chart.querySelectorAll("rect")).toHaveLength(3);
    expect(chart.textContent).toContain("Most: 4, on 21 November 2026.");
    const rows = within(screen.getByRole("table", { name: "Usage by day", hidden: true }));
    expect(rows.getAllByRole("row", { hidden: true }).map((row) => row.textContent)).toEqual([
      "DayMeetingsPeopleMinutes",
      "22 November 2026Meetings1People3Minutes90",
      "21 November 2026Meetings4People12Minutes360",
      "20 November 2026Meetings0People0Minutes0",
    ]);
    press("People");
    expect(chart.textContent).toContain("Most: 12, on 21 November 2026.");
    expect(screen.queryByText("Space left")).toBeNull();
  });

  it("says so when nobody met", async () => {
    usage([0, 0]);
    render(<Overview onRefused={ignore} />);
    const chart = await screen.findByRole("img");
    expect(chart.textContent).toContain("none yet.");
  });
});

describe("Ratings", () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const path = `GET /administration/ratings?${new URLSearchParams({ time_zone: zone })}`;
  const told = { time_zone: zone, days: 30, count: 0, good: 0, comments: [] };

  it("shows the share of good ones and the newest comments, without a name", async () => {
    const comment = {
      room_code: "abc-defg-hjk",
      room_title: "",
      date: "2026-11-21",
      is_good: false,
      comment: "The sound broke up",
    };
    const comments = [comment, { ...comment, room_title: "Tea", is_good: true }];
    fakeServer({ [path]: () => json({ ...told, count: 8, good: 6, comments }) });
    render(<Ratings onRefused={ignore} />);
    expect((await screen.findByText("75%")).tagName).toBe("DD");
    const rows = within(screen.getByRole("table", { name: "Newest comments" }));
    expect(rows.getAllByRole("row").map((row) => row.textContent)).toEqual([
      "MeetingDayRatingComment",
      "abc-defg-hjkDay21 November 2026RatingNot so goodCommentThe sound broke up",
      "TeaDay21 November 2026RatingGoodCommentThe sound broke up",
    ]);
  });

  it("says so while nobody has said anything", async () => {
    fakeServer({ [path]: () => json(told) });
    render(<Ratings onRefused={ignore} />);
    await screen.findByText("Nobody has said anything yet.");
    expect(screen.queryByRole("term")).toBeNull();
  });

  it("offers to ask again when the server did not answer", async () => {
    let isDown = true;
    fakeServer({ [path]: () => (isDown ? refusal(503, "unavailable") : json(told)) });
    render(<Ratings onRefused={ignore} />);
    await screen.findByRole("button", { name: "Try again" });
    isDown = false;
    press("Try again");
    await screen.findByText("Nobody has said anything yet.");
  });
});

describe("Work", () => {
  it("tries a job again and takes it from the row", async () => {
    const asked = fakeServer({
      "GET /jobs": () => json({ items: [JOB], next_cursor: null }),
      "GET /jobs/counts": () => json([{ kind: "letter", state: "failed", count: 1 }]),
      "POST /jobs/1/retry": () => json({ ...JOB, state: "waiting", attempts: 0, failure: "" }),
    });
    render(<Work onRefused={ignore} />);
    await screen.findByText("Right now: 1 failed.");
    expect(screen.getByText("mail_unavailable").lang).toBe("en");
    press("Try again: Letter");
    await screen.findByText("Letter is tried again now.");
    expect(within(screen.getByRole("table")).getByText("Waiting")).toBeTruthy();
    await waitFor(() =>
      expect(asked.filter(({ path }) => path === "/api/v1/jobs/counts")).toHaveLength(2),
    );
  });

  it("says why a job cannot be taken back, and looks again", async () => {
    const asked = fakeServer({
      "GET /jobs": () => json({ items: [JOB], next_cursor: null }),
      "GET /jobs/counts": () => json([]),
      "POST /jobs/1/cancel": () => refusal(409, "job_ended"),
    });
    render(<Work onRefused={ignore} />);
    await screen.findByRole("button", { name: "Take back: Letter" });
    press("Take back: Letter");
    await screen.findByText("This work has ended already.");
    await waitFor(() =>
      expect(asked.filter(({ path }) => path === "/api/v1/jobs")).toHaveLength(2),
    );
  });

  it("shows kinds that it has no word for as they are called", async () => {
    fakeServer({
      "GET /jobs": () => json({ items: [{ ...JOB, kind: "wonder" }], next_cursor: null }),
      "GET /jobs/counts": () => json([]),
    });
    render(<Work onRefused={ignore} />);
    await screen.findByRole("rowheader", { name: "wonder" });
  });
});

describe("Webhooks", () => {
  it("says which setting names receivers where there are none", async () => {
    fakeServer({
      "GET /administration/webhooks/receivers": () => json([]),
      "GET /administration/webhooks/deliveries": () => json({ items: [], next_cursor: null }),
    });
    render(<Webhooks onRefused={ignore} />);
    await screen.findByText("There are no receivers yet");
    screen.getByText("webhook.urls");
    await screen.findByText("Nothing was sent yet");
  });
});

describe("ServerSettings", () => {
  it("shows what is on and off, and numbers in their unit", async () => {
    const name = { variable: "JUMPA_X" };
    fakeServer({
      "GET /administration/settings": () =>
        json({
          version: "0.1.0",
          switches: [
            { ...name, name: "letters", setting: "mail.host", is_on: true },
            { ...name, name: "bucket", setting: "objects.url", is_on: false },
          ],
          figures: [
            { ...name, name: "session_s", setting: "accounts.session_s", value: 129_600 },
            { ...name, name: "file_bytes", setting: "rooms.file_bytes", value: 25_000_000 },
          ],
        }),
    });
    render(<ServerSettings onRefused={ignore} />);
    await screen.findByText("Letters by SMTP");
    for (const shown of ["On", "Off", "1.5 days", "25 MB"]) {
      expect(screen.getByText(shown)).toBeTruthy();
    }
  });

  it("tells administrators of other organisations whose it is", async () => {
    fakeServer({
      "GET /administration/settings": () => refusal(403, "server_administrator_needed"),
    });
    render(<ServerSettings onRefused={ignore} />);
    await screen.findByText(
      "Only administrators of the organisation that runs this server see this.",
    );
  });
});

describe("MeetingsNow", () => {
  it("asks before it ends a meeting, and says when that did not work", async () => {
    const meeting = {
      code: "abc-defg-hjk",
      title: "",
      started_at: "2026-11-21T09:00:00Z",
      participant_count: 1,
      max_users: 200,
      participants: [],
    };
    fakeServer({
      "GET /administration/meetings": () =>
        json({ items: [meeting], rooms: 1, people: 1, others: 2 }),
      "POST /administration/meetings/abc-defg-hjk/end": () => refusal(404, "room_not_found"),
    });
    render(<MeetingsNow onRefused={ignore} />);
    await screen.findByRole("heading", { name: "abc-defg-hjk" });
    expect(screen.getByText(/that are not shown: 2/)).toBeTruthy();
    press("End abc-defg-hjk");
    await screen.findByText("End abc-defg-hjk for everybody?");
    press("End");
    await waitFor(() => expect(document.getElementById("end-error")).not.toBeNull());
  });
});
