/** A meeting for tests of its pages. */

import type { Meeting, Occurrence } from "@/api/meetings";

/** A series that begins on a Tuesday. */
export const MEETING: Meeting = {
  id: "1",
  title: "Tea",
  agenda: "Cake",
  time_zone: "Asia/Jakarta",
  start: "2026-12-01T09:00:00",
  end: "2026-12-01T09:30:00",
  starts_at: "2026-12-01T02:00:00Z",
  ends_at: "2026-12-01T02:30:00Z",
  rule: "FREQ=WEEKLY;BYDAY=TU",
  exceptions: [],
  room_code: "abc-defg-hij",
  url: "https://meet.example/abc-defg-hij",
  opens_before_min: null,
  status: "planned",
  organiser: "Ayu Lestari",
  part: "organiser",
  answer: null,
  answers: { needs_action: 0, accepted: 0, declined: 0, tentative: 0 },
  follows_id: null,
};
/** Its third time, which is an hour later. */
export const THIRD: Occurrence = {
  ...MEETING,
  meeting_id: "1",
  recurrence: "2026-12-15T09:00:00",
  title: "Tea with guests",
  start: "2026-12-15T10:00:00",
  end: "2026-12-15T10:30:00",
  is_repeated: true,
  is_changed: true,
};
