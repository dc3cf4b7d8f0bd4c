/** What takes place in the coming weeks. */

import { useEffect, useState } from "preact/hooks";
import type { Occurrence } from "@/api/meetings";
import type { Paging } from "@/api/paging";
import { CallOff } from "@/features/schedule/CallOff";
import { scheduleText } from "@/features/schedule/strings";
import { formatDay, formatTime } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Mark } from "@/ui/Mark";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card. */
export function Agenda({ list }: { list: Paging<Occurrence> }) {
  const text = scheduleText();
  const [ending, setEnding] = useState<Occurrence | undefined>();
  useEffect(() => void list.pages.load(), [list]);
  const loaded = list.pages.state.value;
  return (
    <section class="card schedule-card" aria-labelledby="agenda">
      <h2 id="agenda" class="section-title">
        {text.coming}
      </h2>
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void list.pages.load()} />
      )}
      {loaded.name === "ready" &&
        (loaded.value.items.length === 0 ? (
          <Nothing />
        ) : (
          <ul>
            {loaded.value.items.map((one) => (
              <Row
                key={`${one.meeting_id} ${one.recurrence}`}
                planned={one}
                onCallOff={() => setEnding(one)}
              />
            ))}
          </ul>
        ))}
      <More
        id="agenda-error"
        label={text.more}
        busy={list.loadingMore.isBusy.value && text.loadingMore}
        error={list.loadingMore.error.value}
        hasMore={loaded.name === "ready" && Boolean(loaded.value.next_cursor)}
        onMore={() => void list.more()}
      />
      {ending !== undefined && (
        <CallOff
          planned={ending}
          onClose={() => setEnding(undefined)}
          onDone={() => {
            setEnding(undefined);
            void list.pages.load();
          }}
        />
      )}
    </section>
  );
}

function Nothing() {
  const text = scheduleText();
  return (
    <div class="schedule-nothing">
      <Mark size={56} />
      <p>
        <strong>{text.empty}</strong>
      </p>
      <p>{text.emptyLine}</p>
    </div>
  );
}

function Row({ planned, onCallOff }: { planned: Occurrence; onCallOff: () => void }) {
  const text = scheduleText();
  const [starts, ends] = [new Date(planned.starts_at), new Date(planned.ends_at)];
  const again = planned.is_repeated ? ` · ${text.again}` : "";
  return (
    <li class="schedule-row">
      <span class="schedule-words">
        <span class="schedule-day">{formatDay(starts)}</span>
        <strong dir="auto">{planned.title}</strong>
        <span>
          {`${formatTime(starts)}–${formatTime(ends)} · ${text.parts[planned.part]}${again}`}
        </span>
      </span>
      <span class="schedule-doings">
        {planned.part === "organiser" && (
          <Button
            kind="plain"
            size="small"
            aria-label={text.callOffOne(planned.title)}
            onClick={onCallOff}
          >
            {text.callOff}
          </Button>
        )}
        <a
          class="button button-soft button-small"
          href={`/${planned.room_code}`}
          aria-label={text.enterRoom(planned.title)}
        >
          {text.enter}
        </a>
      </span>
    </li>
  );
}
