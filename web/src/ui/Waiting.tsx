/** What stands in the place of something that is not here yet, or could not be had. */

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

export interface MoreProps {
  id: string;
  label: string;
  /** The verb in progress, while the next page loads. */
  busy: string | false;
  error: string | undefined;
  hasMore: boolean;
  onMore: () => void;
}

/** The way to the next page of a list, and why it could not be had. */
export function More({ id, label, busy, error, hasMore, onMore }: MoreProps) {
  return (
    <>
      {error !== undefined && <FieldNote id={id} text={error} isError />}
      {hasMore && (
        <Button class="justify-self-start" busy={busy} onClick={onMore}>
          {label}
        </Button>
      )}
    </>
  );
}
