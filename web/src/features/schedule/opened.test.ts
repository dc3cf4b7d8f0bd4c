import { describe, expect, it } from "vitest";
import type { Meeting, Occurrence } from "@/api/meetings";
import { openMeeting, pathOfTime } from "@/features/schedule/opened";

const MEETING = {
  id: "1",
  title: "Tea",
  agenda: "",
  time_zone: "Asia/Jakarta",
  start: "2026-12-01T09:00:00",
  end: "2026-12-01T09:30:00",
  starts_at: "2026-12-01T02:00:00Z",
  ends_at: "2026-12-01T02:30:00Z",
  rule: "FREQ=DAILY",
  exceptions: [{ recurrence: "2026-12-03T09:00:00", kind: "removed" }],
  room_code: "abc-defg-hij",
} as unknown as Meeting;
const NOW = new Date("2026-12-01T00:00:00Z");

const time = (day: number, more: Partial<Occurrence> = {}): Occurrence =>
  ({
    meeting_id: "1",
    recurrence: `2026-12-0${day}T09:00:00`,
    title: "Tea",
    start: `2026-12-0${day}T09:00:00`,
    starts_at: `2026-12-0${day}T02:00:00Z`,
    ends_at: `2026-12-0${day}T02:30:00Z`,
    ...more,
  }) as Occurrence;

function open(at: string | undefined, ...pages: Occurrence[][]) {
  const left = [...pages];
  return openMeeting("1", at, NOW, {
    get: async () => ({ meeting: MEETING, tag: '"1"' }),
    list: async () => {
      const items = left.shift() ?? [];
      return { items, next_cursor: left.length > 0 ? "more" : null };
    },
  });
}

describe("openMeeting", () => {
  it("is the next time where none is named", async () => {
    const opened = await open(undefined, [time(1), time(2)]);
    expect(opened.planned.recurrence).toBe("2026-12-01T09:00:00");
    expect(opened.later.map(({ recurrence }) => recurrence)).toEqual(["2026-12-02T09:00:00"]);
  });

  it("shows a time that was moved as it is now", async () => {
    const moved = time(2, { start: "2026-12-02T15:00:00" });
    const opened = await open("2026-12-02T09:00:00", [time(1)], [moved]);
    expect(opened.planned.start).toBe("2026-12-02T15:00:00");
  });

  it("knows a time that was called off, by its rule", async () => {
    const opened = await open("2026-12-03T09:00:00", [time(1)]);
    expect(opened.isRemoved).toBe(true);
    expect([opened.planned.start, opened.planned.end]).toEqual([
      "2026-12-03T09:00:00",
      "2026-12-03T09:30:00",
    ]);
    expect(opened.planned.ends_at).toBe("2026-12-03T02:30:00.000Z");
  });

  it("leaves other meetings in the same room out", async () => {
    const opened = await open(undefined, [time(1, { meeting_id: "2" }), time(2)]);
    expect(opened.planned.recurrence).toBe("2026-12-02T09:00:00");
  });

  it("survives a time that is none", async () => {
    const opened = await open("yesterday", []);
    expect(opened.meeting.id).toBe("1");
  });
});

describe("pathOfTime", () => {
  it("names the meeting and the time", () => {
    expect(pathOfTime(time(1))).toBe("/schedule/1?at=2026-12-01T09%3A00%3A00");
  });
});
