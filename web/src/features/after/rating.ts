/** Saying how a meeting was: shown at once, and taken back when the server does not have it. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import type { Rating, SendRating } from "@/api/rating";

export interface OwnRating {
  /** What one said last, whether the server has it yet or not. */
  said: ReadonlySignal<Rating | undefined>;
  /** What the server has. */
  kept: ReadonlySignal<Rating | undefined>;
  failure: ReadonlySignal<ApiError | undefined>;
  /** Whether it was good; what was written before stays with it. */
  judge: (isGood: boolean) => Promise<void>;
  /** What was good or not, of something that was judged. */
  write: (comment: string) => Promise<void>;
}

/** State of one card; what is said in a row is sent in a row, and the last of it counts. */
export function createRating(send: SendRating): OwnRating {
  const said = signal<Rating | undefined>();
  const kept = signal<Rating | undefined>();
  const failure = signal<ApiError | undefined>();
  let before: Promise<unknown> = Promise.resolve();

  async function say(rating: Rating): Promise<void> {
    said.value = rating;
    failure.value = undefined;
    const sent = before.then(() => send(rating));
    before = sent.catch(() => undefined);
    try {
      await sent;
      kept.value = rating;
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      if (said.peek() === rating) {
        said.value = kept.peek();
        failure.value = error;
      }
    }
  }

  return {
    said,
    kept,
    failure,
    judge: (isGood) => say({ is_good: isGood, comment: said.peek()?.comment ?? "" }),
    write: async (comment) => {
      const rating = said.peek();
      if (rating !== undefined) {
        await say({ ...rating, comment });
      }
    },
  };
}
