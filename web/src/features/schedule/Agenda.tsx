/** What takes place in the coming weeks. */

import { CalendarDays, Copy, Ellipsis, X } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Occurrence } from "@/api/meetings";
import type { Paging } from "@/api/paging";
import { CallOff } from "@/features/schedule/CallOff";
import { pathOfTime } from "@/features/schedule/opened";
import { scheduleText } from "@/features/schedule/strings";
import { formatDay, formatTime } from "@/i18n/format";
import { copyText } from "@/lib/clipboard";
import { Mark } from "@/ui/Mark";
import { Menu, MenuRow } from "@/ui/Menu";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card. */
export function Agenda({ list }: { list: Paging<Occurrence> }) {
  const text = scheduleText();
  const [ending, setEnding] = useState<Occurrence | undefined>();
  const [said, setSaid] = useState("");
  useEffect(() => void list.pages.load(), [list]);
  const loaded = list.pages.state.value;
  const copy = async (code: string) => {
    setSaid((await copyText(`${location.origin}/${code}`)) ? text.copied : text.notCopied);
  };
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
          byDay(loaded.value.items).map(([day, planned]) => (
            <section key={day}>
              <h3 class="schedule-day">{day}</h3>
              <ul>
                {planned.map((one) => (
                  <Row
                    key={`${one.meeting_id} ${one.recurrence}`}
                    planned={one}
                    onCopy={() => void copy(one.room_code)}
                    onCallOff={() => setEnding(one)}
                  />
                ))}
              </ul>
            </section>
          ))
        ))}
      <p class="schedule-note" role="status">
        {said}
      </p>
      <More id="agenda-error" label={text.more} list={list} />
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

/** What is on each day, in order. */
function byDay(items: readonly Occurrence[]): [string, Occurrence[]][] {
  const days = new Map<string, Occurrence[]>();
  for (const one of items) {
    const day = formatDay(new Date(one.starts_at));
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days];
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

interface RowProps {
  planned: Occurrence;
  onCopy: () => void;
  onCallOff: () => void;
}

function Row({ planned, onCopy, onCallOff }: RowProps) {
  const text = scheduleText();
  const [starts, ends] = [new Date(planned.starts_at), new Date(planned.ends_at)];
  const facts = [
    `${formatTime(starts)}–${formatTime(ends)}`,
    text.parts[planned.part],
    planned.answer === null ? "" : text.said[planned.answer],
    planned.is_repeated ? text.again : "",
  ];
  return (
    <li class="schedule-row">
      <span class="schedule-words">
        <a class="schedule-title" href={pathOfTime(planned)} dir="auto">
          {planned.title}
        </a>
        <span>{facts.filter((fact) => fact !== "").join(" · ")}</span>
      </span>
      <span class="schedule-doings">
        <a
          class="button button-soft button-small"
          href={`/${planned.room_code}`}
          aria-label={text.enterRoom(planned.title)}
        >
          {text.enter}
        </a>
        <RowMenu planned={planned} onCopy={onCopy} onCallOff={onCallOff} />
      </span>
    </li>
  );
}

function RowMenu({ planned, onCopy, onCallOff }: RowProps) {
  const text = scheduleText();
  const { route } = useLocation();
  const icon = { size: 18, strokeWidth: 1.75, "aria-hidden": true } as const;
  return (
    <Menu
      label={text.doings(planned.title)}
      buttonClass="icon-button"
      face={<Ellipsis size={20} strokeWidth={1.75} aria-hidden="true" />}
    >
      <MenuRow icon={<CalendarDays {...icon} />} onClick={() => route(pathOfTime(planned))}>
        {text.open}
      </MenuRow>
      <MenuRow icon={<Copy {...icon} />} onClick={onCopy}>
        {text.copy}
      </MenuRow>
      {planned.part !== "attendee" && (
        <MenuRow icon={<X {...icon} />} isDanger onClick={onCallOff}>
          {text.callOff}
        </MenuRow>
      )}
    </Menu>
  );
}
