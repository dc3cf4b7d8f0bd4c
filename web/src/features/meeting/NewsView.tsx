/** News of the meeting, and the region that reads them aloud. */
import { TriangleAlert, X } from "lucide-preact";
import type { News, NewsItem } from "@/lib/news";
import type { Announcer } from "./announcer";
import { meetingText } from "./strings";

function NewsLine({ item, news }: { item: NewsItem; news: News }) {
  return (
    <div class="toast news">
      {item.tone === "warn" && <TriangleAlert size={18} strokeWidth={1.9} aria-hidden="true" />}
      <span class="news-text" dir="auto">
        {item.text}
      </span>
      {item.action !== undefined && (
        <button type="button" class="button button-quiet button-small" onClick={() => news.act()}>
          {item.action.label}
        </button>
      )}
      <button
        type="button"
        class="news-close"
        aria-label={meetingText().close}
        onClick={() => news.dismiss()}
      >
        <X size={16} strokeWidth={2} aria-hidden="true" />
      </button>
    </div>
  );
}

/** The item of this moment, said politely when it appears. */
export function NewsView({ news }: { news: News }) {
  const item = news.current.value;
  return (
    <div class="news-place" role="status">
      {item !== undefined && <NewsLine key={item.kind} item={item} news={news} />}
    </div>
  );
}

/** Words for screen readers only. */
export function AnnouncerView({ announcer }: { announcer: Announcer }) {
  return (
    <p class="sr-only" aria-live="polite">
      {announcer.text.value}
    </p>
  );
}
