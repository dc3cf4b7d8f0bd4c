/** The bell: how many notifications are unread, and the way to them. */

import "@/features/notifications/notifications.css";
import { Bell as BellIcon } from "lucide-preact";
import type { FunctionComponent } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { PanelProps } from "@/features/notifications/Panel";
import type { Centre } from "@/features/notifications/state";
import { notificationsText } from "@/features/notifications/strings";
import { PHONE_PAGE, useMedia } from "@/lib/media-query";

const MOST_SHOWN = 99;

export interface BellProps {
  centre: Centre;
  /** Whether the page of notifications is the one that is open. */
  isOnPage: boolean;
  /** What stands in the panel; loaded when somebody opens it. */
  panel: FunctionComponent<PanelProps>;
}

/** A button with a panel; on a phone a link to the page, which is all that is left on the page itself. */
export function Bell({ centre, isOnPage, panel }: BellProps) {
  const isPhone = useMedia(PHONE_PAGE);
  const label = notificationsText().bell(centre.unread.value);
  return isPhone || isOnPage ? (
    <a
      class="icon-button bell"
      href="/notifications"
      aria-label={label}
      title={label}
      aria-current={isOnPage ? "page" : undefined}
    >
      <Face count={centre.unread.value} />
    </a>
  ) : (
    <BellWithPanel centre={centre} label={label} panel={panel} />
  );
}

function Face({ count }: { count: number }) {
  return (
    <>
      <BellIcon size={20} strokeWidth={1.75} aria-hidden="true" />
      {count > 0 && (
        <span class="bell-count" aria-hidden="true">
          {count > MOST_SHOWN ? notificationsText().many : count}
        </span>
      )}
    </>
  );
}

function BellWithPanel({
  centre,
  label,
  panel: Panel,
}: Omit<BellProps, "isOnPage"> & { label: string }) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="icon-button bell"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        popovertarget={id}
      >
        <Face count={centre.unread.value} />
      </button>
      <div
        ref={panel}
        id={id}
        class="inbox-panel"
        role="dialog"
        aria-label={notificationsText().title}
        tabIndex={-1}
        popover="auto"
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {isOpen && <Panel centre={centre} onClose={() => panel.current?.hidePopover()} />}
      </div>
    </>
  );
}
