/** What the bell opens: the list, its tools, and the ways to the page and to the choices. */

import { useEffect, useRef } from "preact/hooks";
import { ListTools } from "@/features/notifications/ListTools";
import { NotificationList } from "@/features/notifications/NotificationList";
import type { Centre } from "@/features/notifications/state";
import { notificationsText } from "@/features/notifications/strings";

export interface PanelProps {
  centre: Centre;
  onClose: () => void;
}

/** What stands in the panel while it is open. */
export function Panel({ centre, onClose }: PanelProps) {
  const text = notificationsText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => centre.look(), [centre]);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <div class="inbox-panel-head">
        <h2 ref={heading} tabIndex={-1} class="section-title">
          {text.title}
        </h2>
        <ListTools centre={centre} />
      </div>
      <NotificationList centre={centre} heading="h3" onOpen={onClose} />
      <p class="inbox-panel-foot">
        <a class="button button-plain button-small" href="/notifications" onClick={onClose}>
          {text.page}
        </a>
        <a class="button button-plain button-small" href="/notification-settings" onClick={onClose}>
          {text.choose}
        </a>
      </p>
    </>
  );
}
