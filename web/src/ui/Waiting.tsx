/** What stands in the place of something that is not here yet, or could not be had. */

import { Button } from "@/ui/Button";
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
