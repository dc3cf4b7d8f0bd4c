/** What has just come for whoever is signed in, as one line; a meeting tells its own news. */

import { useEffect, useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { ownNews } from "@/app/own-news";
import { tellArrivals } from "@/features/notifications/arrivals";
import { meetingNow } from "@/lib/meeting-now";
import { News } from "@/lib/news";
import type { Pushed } from "@/lib/pushed";
import { browserTimers } from "@/lib/timers";
import { Toast } from "@/ui/Toast";

const isHeard = (): boolean =>
  document.visibilityState === "visible" && meetingNow.peek() === undefined;

/** The service worker asks whether this page shows what was pushed. */
function hearPushed(show: (pushed: Pushed) => boolean): () => void {
  const workers = navigator.serviceWorker;
  const hear = ({ data, ports }: MessageEvent) => {
    if (data?.type === "pushed") {
      ports[0]?.postMessage(show(data.pushed) ? "shown" : "not shown");
    }
  };
  workers?.addEventListener("message", hear);
  return () => workers?.removeEventListener("message", hear);
}

/** The line, said politely when it appears. */
export default function NewsToasts() {
  const { route } = useLocation();
  const news = useMemo(() => new News(browserTimers), []);
  useEffect(() => {
    const { showPushed, stop } = tellArrivals(ownNews, news, { isHeard, open: route });
    const stopHearing = hearPushed(showPushed);
    return () => {
      stop();
      stopHearing();
    };
  }, [news]);
  const isSeen = meetingNow.value !== undefined || ownNews.isLookedAt.value;
  const item = isSeen ? undefined : news.current.value;
  return (
    <div role="status">
      {item !== undefined && (
        <Toast
          action={item.action && { label: item.action.label, onPress: () => news.act() }}
          onClose={() => news.dismiss()}
        >
          {item.text}
        </Toast>
      )}
    </div>
  );
}
