/** What is said when a notification comes while somebody looks at a page. */

import type { Notification } from "@/api/notifications";
import type { Centre } from "@/features/notifications/state";
import { notificationsText } from "@/features/notifications/strings";
import { appPath } from "@/lib/app-path";
import type { News } from "@/lib/news";
import type { Pushed } from "@/lib/pushed";

export interface ArrivalPorts {
  /** Whether the page is seen, and nobody is in a meeting in it. */
  isHeard: () => boolean;
  open: (path: string) => void;
}

export interface Arrivals {
  /** Show what was pushed to this browser; answers whether this page has shown it. */
  showPushed: (pushed: Pushed) => boolean;
  stop: () => void;
}

const REMEMBERED = 20;

/** Tells what comes, several as one, and what comes by two ways once. */
export function tellArrivals(centre: Centre, news: News, ports: ArrivalPorts): Arrivals {
  let count = 0;
  let told: string[] = [];

  function tell(title: string, body: string, link: string, read: () => void): void {
    told = [...told, `${title}\n${body}`].slice(-REMEMBERED);
    // Whoever looks at the list sees it there.
    if (!ports.isHeard() || centre.isLookedAt.peek()) {
      return;
    }
    count = news.current.peek() === undefined ? 1 : count + 1;
    const text = notificationsText();
    const path = count === 1 ? appPath(link) : undefined;
    const run = () => {
      if (path !== undefined) {
        read();
      }
      ports.open(path ?? "/notifications");
    };
    news.tell({
      kind: "notification",
      tone: "plain",
      text: count === 1 ? title : text.arrived(count),
      action: { label: text.open, run },
    });
  }

  return {
    showPushed: ({ title, body, link }) => {
      if (!told.includes(`${title}\n${body}`)) {
        tell(title, body, link, () => undefined);
      }
      return true;
    },
    stop: centre.onArrival((item) =>
      tell(item.title, item.message, item.link, () => void centre.read(item)),
    ),
  };
}

/** Calls back with what is about one meeting; returns how to stop. */
export function onNewsOfMeeting(
  centre: Centre,
  code: string,
  tell: (item: Notification) => void,
): () => void {
  return centre.onArrival((item) => {
    if (item.link === `/${code}`) {
      tell(item);
    }
  });
}
