/** What stands in the place of something that is not here yet, or could not be had. */

import type { ReadonlySignal } from "@preact/signals";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { uiText } from "@/ui/strings";

/** Rows of the height that the real ones will have. */
export function SkeletonRows({ count = 3 }: { count?: number }) {
  return (
    <div class="skeleton-rows" role="status" aria-label={uiText().loading}>
      {Array.from({ length: count }, (_, index) => (
        <span key={index} class="skeleton skeleton-row" />
      ))}
    </div>
  );
}

/** Why it could not be had, and a way to try again. */
export function Trouble({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <div class="trouble" role="alert">
      <p>{text}</p>
      <Button onClick={onRetry}>{uiText().retry}</Button>
    </div>
  );
}

type Loaded =
  | { name: "loading" }
  | { name: "failed" }
  | { name: "ready"; value: { next_cursor?: string | null } };

/** A list that comes page by page. */
export interface PagedList {
  pages: { state: ReadonlySignal<Loaded> };
  loadingMore: { isBusy: ReadonlySignal<boolean>; error: ReadonlySignal<string | undefined> };
  more: () => Promise<void>;
}

export interface MoreProps {
  id: string;
  label: string;
  list: PagedList;
}

/** The way to the next page of a list, and why it could not be had. */
export function More({ id, label, list }: MoreProps) {
  const loaded = list.pages.state.value;
  const error = list.loadingMore.error.value;
  return (
    <>
      {error !== undefined && <FieldNote id={id} text={error} isError />}
      {loaded.name === "ready" && Boolean(loaded.value.next_cursor) && (
        <Button
          class="justify-self-start"
          busy={list.loadingMore.isBusy.value && uiText().loading}
          onClick={() => void list.more()}
        >
          {label}
        </Button>
      )}
    </>
  );
}
