import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import type { Rating } from "@/api/rating";
import { createRating } from "@/features/after/rating";

/** A server that answers when it is told to. */
function slowServer() {
  const asked: { rating: Rating; answer: (error?: Error) => Promise<void> }[] = [];
  const send = (rating: Rating) =>
    new Promise<void>((resolve, reject) => {
      const answer = async (error?: Error) => {
        error === undefined ? resolve() : reject(error);
        await new Promise((settled) => setTimeout(settled));
      };
      asked.push({ rating, answer });
    });
  return { asked, send };
}

const settled = () => new Promise((done) => setTimeout(done));
const refused = new ApiError("unreachable", 0, "");

describe("createRating", () => {
  it("shows at once what is said, and knows when the server has it", async () => {
    const { asked, send } = slowServer();
    const rating = createRating(send);
    void rating.judge(true);
    await settled();
    expect(rating.said.value).toEqual({ is_good: true, comment: "" });
    expect(rating.kept.value).toBeUndefined();
    await asked[0]?.answer();
    expect(rating.kept.value).toBe(rating.said.value);
  });

  it("goes back to what the server has when it refuses", async () => {
    const { asked, send } = slowServer();
    const rating = createRating(send);
    void rating.judge(true);
    await settled();
    await asked[0]?.answer();
    void rating.judge(false);
    await settled();
    await asked[1]?.answer(refused);
    expect(rating.said.value?.is_good).toBe(true);
    expect(rating.failure.value).toBe(refused);
  });

  it("sends in the order of saying, and the last counts although an earlier one fails", async () => {
    const { asked, send } = slowServer();
    const rating = createRating(send);
    void rating.judge(true);
    void rating.judge(false);
    await settled();
    expect(asked).toHaveLength(1);
    await asked[0]?.answer(refused);
    expect(rating.said.value?.is_good).toBe(false);
    expect(rating.failure.value).toBeUndefined();
    await asked[1]?.answer();
    expect(rating.kept.value?.is_good).toBe(false);
  });

  it("keeps what was written when somebody changes their mind", async () => {
    const { asked, send } = slowServer();
    const rating = createRating(send);
    void rating.judge(false);
    void rating.write("Suaranya putus");
    void rating.judge(true);
    for (let number = 0; number < 3; number += 1) {
      await settled();
      await asked[number]?.answer();
    }
    expect(asked.map((one) => one.rating)).toEqual([
      { is_good: false, comment: "" },
      { is_good: false, comment: "Suaranya putus" },
      { is_good: true, comment: "Suaranya putus" },
    ]);
  });
});
