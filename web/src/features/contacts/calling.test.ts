import { describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { Meeting, MeetingPlan } from "@/api/meetings";
import type { Person } from "@/api/people";
import { createCalling } from "@/features/contacts/calling";

const BAGAS = { id: "7", first_name: "Bagas", last_name: "Pramudya" } as Person;
const LATE = new Date(2026, 11, 31, 23, 45, 50);

function phone(answer: () => Promise<Meeting>) {
  const planned: MeetingPlan[] = [];
  const open = vi.fn();
  const plan = (asked: MeetingPlan) => {
    planned.push(asked);
    return answer();
  };
  return { calling: createCalling({ plan, open }), planned, open };
}

describe("call", () => {
  it("plans a meeting from now on, invites the other, and goes there", async () => {
    const { calling, planned, open } = phone(async () => ({ room_code: "abc" }) as Meeting);

    await calling.call("Raden Ratna Wulandari", BAGAS, LATE);

    expect(planned).toMatchObject([
      {
        title: "Ratna & Bagas",
        start: "2026-12-31T23:45",
        end: "2027-01-01T00:15",
        invited: [{ user_id: "7" }],
      },
    ]);
    expect(open.mock.calls).toEqual([["abc"]]);
  });

  it("calls once, however often it is pressed", async () => {
    let answer: (meeting: Meeting) => void = () => undefined;
    const { calling, planned } = phone(() => new Promise((resolve) => (answer = resolve)));

    const both = [
      calling.call("Raden Ratna Wulandari", BAGAS, LATE),
      calling.call("Raden Ratna Wulandari", BAGAS, LATE),
    ];
    answer({ room_code: "abc" } as Meeting);
    await Promise.all(both);

    expect(planned).toHaveLength(1);
  });

  it("stays and says why when it is refused", async () => {
    const { calling, open } = phone(() => Promise.reject(new ApiError("unreachable", 0, "")));

    await calling.call("Raden Ratna Wulandari", BAGAS, LATE);

    expect(open).not.toHaveBeenCalled();
    expect(calling.asking.error.value).toBeDefined();
  });
});
