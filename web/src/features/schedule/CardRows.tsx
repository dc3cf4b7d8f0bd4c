/** The short list of a card, in all its states. */

import type { ComponentChildren } from "preact";
import type { Loading } from "@/api/asking";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

interface CardRowsProps<T> {
  loading: Loading<T[]>;
  /** What is said when there is nothing. */
  none: string;
  rowOf: (one: T) => ComponentChildren;
}

/** Its rows, or why there are none yet. */
export function CardRows<T>({ loading, none, rowOf }: CardRowsProps<T>) {
  const loaded = loading.state.value;
  switch (loaded.name) {
    case "loading":
      return <SkeletonRows count={1} />;
    case "failed":
      return <Trouble text={loaded.error} onRetry={() => void loading.load()} />;
    case "ready":
      return loaded.value.length === 0 ? (
        <p class="schedule-note">{none}</p>
      ) : (
        <ul class="schedule-people">{loaded.value.map(rowOf)}</ul>
      );
  }
}
