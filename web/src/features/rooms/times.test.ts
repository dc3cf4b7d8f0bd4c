import { describe, expect, it } from "vitest";
import type { Listed, Occurrence } from "@/api/meetings";
import { listAhead, listPast, nextByRoom } from "@/features/rooms/times";

const NOW = Date.parse("2026-12-01T00:00:00Z");
const DAY_MS = 86_400_000;

const time = (day: string, room_code = "abc-defg-hij"): Occurrence =>
  ({
    recurrence: day,
    room_code,
    starts_at: `${day}T02:00:00Z`,
    ends_at: `${day}T03:00:00Z`,
  }) as Occurrence;

function server(...pages: Occurrence[][]) {
  const asked: Listed[] = [];
  const left = [...pages];
  const list = async (listed: Listed) => {
    asked.push(listed);
    const items = left.shift() ?? [];
    return { items, next_cursor: left.length > 0 ? "more" : null };
  };
  return { asked, list };
}

describe("listAhead", () => {
  it("asks for all pages, of one room", async () => {
    const { asked, list } = server([time("2026-12-02")], [time("2026-12-03")]);
    expect(await listAhead(NOW, "abc-defg-hij", list)).toHaveLength(2);
    expect(asked.map(({ roomCode, cursor }) => [roomCode, cursor])).toEqual([
      ["abc-defg-hij", undefined],
      ["abc-defg-hij", "more"],
    ]);
  });

  it("has no meeting that is over", async () => {
    const running = { ...time("2026-11-30"), ends_at: "2026-12-01T01:00:00Z" };
    const { list } = server([time("2026-11-29"), running]);
    expect(await listAhead(NOW, undefined, list)).toEqual([running]);
  });
});

describe("nextByRoom", () => {
  it("is the first of each", () => {
    const next = nextByRoom([time("2026-12-02"), time("2026-12-03", "other"), time("2026-12-04")]);
    expect([...next].map(([code, { recurrence }]) => [code, recurrence])).toEqual([
      ["abc-defg-hij", "2026-12-02"],
      ["other", "2026-12-03"],
    ]);
  });
});

describe("listPast", () => {
  it("is newest first, without what is not over", async () => {
    const running = { ...time("2026-11-30"), ends_at: "2026-12-01T01:00:00Z" };
    const { list } = server([time("2026-11-20"), time("2026-11-27"), running]);
    const { items } = await listPast("x", NOW - 10 * DAY_MS, NOW, undefined, list);
    expect(items.map(({ recurrence }) => recurrence)).toEqual(["2026-11-27", "2026-11-20"]);
  });

  it("has the newest of a room that has many", async () => {
    const days = Array.from({ length: 9 }, (_, day) => time(`2026-11-2${day}`));
    const { list } = server(...days.map((day) => [day]));
    const { items } = await listPast("x", NOW - 30 * DAY_MS, NOW, undefined, list);
    expect(items.map(({ recurrence }) => recurrence)).toEqual(
      days.map(({ recurrence }) => recurrence).reverse(),
    );
  });

  it("shows what lies on both pages once", async () => {
    const since = NOW - 90 * DAY_MS;
    const between = {
      ...time("2026-10-01"),
      starts_at: "2026-10-01T23:00:00Z",
      ends_at: "2026-10-02T01:00:00Z",
    };
    const { list } = server([between, time("2026-10-03")]);
    const newer = await listPast("x", since, NOW, undefined, list);
    expect(newer.items.map(({ recurrence }) => recurrence)).toEqual(["2026-10-03"]);
    const older = server([between]);
    const cursor = newer.next_cursor ?? undefined;
    expect((await listPast("x", since, NOW, cursor, older.list)).items).toEqual([between]);
  });

  it("goes on until the room was made", async () => {
    const since = NOW - 90 * DAY_MS;
    const { asked, list } = server([]);
    const first = await listPast("x", since, NOW, undefined, list);
    expect(first.next_cursor).toBe(new Date(NOW - 60 * DAY_MS).toISOString());
    const second = await listPast("x", since, NOW, first.next_cursor ?? undefined, list);
    expect(second.next_cursor).toBeNull();
    expect(asked[1]?.from.getTime()).toBe(since);
  });

  it("asks nobody about a room that was made just now", async () => {
    const { asked, list } = server([]);
    expect(await listPast("x", NOW, NOW, undefined, list)).toEqual({
      items: [],
      next_cursor: null,
    });
    expect(asked).toEqual([]);
  });
});
