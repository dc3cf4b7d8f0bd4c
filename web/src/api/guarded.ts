/** Whoever is an administrator no longer is told so by the whole page, not by one list. */

import { ApiError } from "@/api/client";

/** The same question, which also says when somebody who asks may do so no longer. */
export function guarded<Given extends unknown[], Answer>(
  asked: (...given: Given) => Promise<Answer>,
  onRefused: () => void,
): (...given: Given) => Promise<Answer> {
  return async (...given) => {
    try {
      return await asked(...given);
    } catch (error) {
      if (error instanceof ApiError && error.code === "administrator_needed") {
        onRefused();
      }
      throw error;
    }
  };
}
