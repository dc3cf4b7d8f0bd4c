import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import type { RoomView } from "@/api/rooms";
import { readAfterwards } from "@/features/after/afterwards";

const room = (change: Partial<RoomView>): (() => Promise<RoomView>) => {
  const view: RoomView = {
    code: "abc-defg-hij",
    title: "Rapat",
    created_at: "2026-01-05T02:30:00Z",
    ended: false,
    has_password: false,
    participants: [],
    participant_count: 0,
    ...change,
  };
  return () => Promise.resolve(view);
};

describe("readAfterwards", () => {
  it("tells whether the meeting goes on", async () => {
    await expect(readAfterwards(room({ participant_count: 2 }))).resolves.toBe("running");
    await expect(readAfterwards(room({}))).resolves.toBe("empty");
    await expect(readAfterwards(room({ ended: true, participant_count: 1 }))).resolves.toBe(
      "ended",
    );
  });

  it("leaves it open when the server does not answer", async () => {
    const look = () => Promise.reject(new ApiError("unreachable", 0, ""));
    await expect(readAfterwards(look)).resolves.toBe("unknown");
  });
});
