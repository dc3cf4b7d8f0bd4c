/** The list of notifications, by day; each opens what it is about. */

import {
  Bell,
  CalendarDays,
  CalendarPlus,
  CalendarX,
  Clock,
  Download,
  type LucideIcon,
  UserRoundCheck,
  X,
} from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import type { Notification, Only } from "@/api/notifications";
import { byDay, type Day } from "@/features/notifications/days";
import type { Centre } from "@/features/notifications/state";
import { notificationsText } from "@/features/notifications/strings";
import { formatTime } from "@/i18n/format";
import { appPath } from "@/lib/app-path";
import { IconButton } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { Mark } from "@/ui/Mark";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

const ICONS: Record<string, LucideIcon> = {
  meeting_invited: CalendarPlus,
  meeting_changed: CalendarDays,
  meeting_cancelled: CalendarX,
  meeting_answered: UserRoundCheck,
  meeting_reminder: Clock,
  calendar_ended: CalendarX,
  export_ready: Download,
};

export interface NotificationListProps {
  centre: Centre;
  /** Called when one of them was opened. */
  onOpen?: () => void;
  /** Level of the headings of days. */
  heading?: "h2" | "h3";
}

/** The list, or what stands in its place. */
export function NotificationList({ centre, onOpen, heading = "h2" }: NotificationListProps) {
  const text = notificationsText();
  const list = useRef<HTMLDivElement>(null);
  const [news, setNews] = useState("");
  const loaded = centre.pages.state.value;
  const remove = (item: Notification) => {
    setNews(text.removed);
    // The button that was pressed goes with its row.
    list.current?.focus();
    void centre.remove(item);
  };
  const error = centre.changing.error.value;
  const items = loaded.name === "ready" ? loaded.value.items : [];
  return (
    <div ref={list} tabIndex={-1} class="inbox-list">
      <p class="sr-only" role="status">
        {news}
      </p>
      {error !== undefined && <FieldNote id="news-error" text={error} isError />}
      {loaded.name === "loading" && <SkeletonRows count={4} />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void centre.pages.load()} />
      )}
      {loaded.name === "ready" && items.length === 0 && <Nothing only={centre.only.value} />}
      {byDay(items, new Date()).map((day) => (
        <DayOfNews
          key={day.start}
          day={day}
          heading={heading}
          onOpen={(item) => {
            void centre.read(item);
            onOpen?.();
          }}
          onRemove={remove}
        />
      ))}
      <More id="more-news-error" label={text.more} list={centre} />
    </div>
  );
}

function Nothing({ only }: { only: Only }) {
  const text = notificationsText();
  const isAll = only === "all";
  return (
    <div class="inbox-none">
      <Mark size={64} />
      <p class="inbox-none-title">{isAll ? text.empty : text.allRead}</p>
      <p>{isAll ? text.emptyLine : text.allReadLine}</p>
    </div>
  );
}

interface RowActions {
  onOpen: (item: Notification) => void;
  onRemove: (item: Notification) => void;
}

function DayOfNews({
  day,
  heading: Heading,
  ...actions
}: { day: Day; heading: "h2" | "h3" } & RowActions) {
  return (
    <section>
      <Heading class="inbox-day">{day.label}</Heading>
      <ul>
        {day.items.map((item) => (
          <NewsRow key={item.id} item={item} {...actions} />
        ))}
      </ul>
    </section>
  );
}

function NewsRow({ item, onOpen, onRemove }: { item: Notification } & RowActions) {
  const text = notificationsText();
  const Icon = ICONS[item.type] ?? Bell;
  const path = appPath(item.link);
  const words = (
    <>
      <span class="inbox-title" dir="auto">
        {item.title}
      </span>
      <span class="inbox-message" dir="auto">
        {item.message}
      </span>
      <span class="inbox-when">
        <time dateTime={item.created_at}>{formatTime(new Date(item.created_at))}</time>
        {!item.is_read && <span class="inbox-unread">{text.unread}</span>}
      </span>
    </>
  );
  return (
    <li class="inbox-row" data-unread={!item.is_read}>
      <span class="inbox-icon">
        <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      </span>
      {path === undefined ? (
        <button type="button" class="inbox-words" onClick={() => onOpen(item)}>
          {words}
        </button>
      ) : (
        <a class="inbox-words" href={path} onClick={() => onOpen(item)}>
          {words}
        </a>
      )}
      <IconButton label={text.remove(item.title)} size="small" onClick={() => onRemove(item)}>
        <X size={16} strokeWidth={2} aria-hidden="true" />
      </IconButton>
    </li>
  );
}
