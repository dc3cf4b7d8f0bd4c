/** What is shown of the notifications, and marking all of them as read. */

import type { Centre } from "@/features/notifications/state";
import { notificationsText } from "@/features/notifications/strings";
import { Button } from "@/ui/Button";

/** The tools above the list. */
export function ListTools({ centre }: { centre: Centre }) {
  const text = notificationsText();
  return (
    <div class="inbox-tools">
      <fieldset class="segments" aria-label={text.which}>
        {(["all", "unread"] as const).map((only) => (
          <button
            key={only}
            type="button"
            aria-pressed={centre.only.value === only}
            onClick={() => void centre.show(only)}
          >
            {text.only[only]}
          </button>
        ))}
      </fieldset>
      <Button
        kind="quiet"
        size="small"
        disabled={centre.unread.value === 0}
        onClick={() => void centre.readAll()}
      >
        {text.readAll}
      </Button>
    </div>
  );
}
