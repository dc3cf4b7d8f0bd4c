/** The page of notifications: all of them, and what can be done with them. */

import "@/features/notifications/notifications.css";
import { useEffect } from "preact/hooks";
import { ListTools } from "@/features/notifications/ListTools";
import { NotificationList } from "@/features/notifications/NotificationList";
import type { Centre } from "@/features/notifications/state";
import { notificationsText } from "@/features/notifications/strings";
import { usePage } from "@/ui/page";

/** The page. */
export function NotificationsPage({ centre }: { centre: Centre }) {
  const text = notificationsText();
  const heading = usePage(text.title);
  useEffect(() => centre.look(), [centre]);
  return (
    <>
      <div class="inbox-head">
        <h1 ref={heading} tabIndex={-1} class="page-title">
          {text.title}
        </h1>
        <a class="button button-secondary" href="/notification-settings">
          {text.choose}
        </a>
      </div>
      <div class="card inbox-card">
        <ListTools centre={centre} />
        <NotificationList centre={centre} />
      </div>
    </>
  );
}
