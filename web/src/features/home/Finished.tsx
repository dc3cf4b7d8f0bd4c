/** What is just over, as cards: who was there, and what is left of it. */

import "@/features/home/finished.css";
import { FileText, Users } from "lucide-preact";
import { useEffect, useMemo } from "preact/hooks";
import { createLoading } from "@/api/asking";
import type { Occurrence } from "@/api/meetings";
import { findLeft } from "@/features/home/finished";
import { homeText } from "@/features/home/strings";
import { formatDate, formatMinutes } from "@/i18n/format";
import { Avatars } from "@/ui/Avatar";

const FACES = 5;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface FinishedProps {
  finished: readonly Occurrence[];
  now: number;
}

/** The cards, newest first. */
export function Finished({ finished, now }: FinishedProps) {
  return (
    <section aria-labelledby="finished">
      <div class="home-head">
        <h2 id="finished" class="section-title">
          {homeText().finished}
        </h2>
      </div>
      <ul class="home-finished">
        {finished.map((one) => (
          <Card key={`${one.meeting_id} ${one.recurrence}`} planned={one} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Card({ planned, now }: { planned: Occurrence; now: number }) {
  const text = homeText();
  const { meeting_id: meeting, recurrence, room_code: room } = planned;
  const loading = useMemo(() => createLoading(() => findLeft(planned)), [meeting, recurrence]);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  const left = loaded.name === "ready" ? loaded.value : undefined;
  const address = `/schedule/${meeting}?${new URLSearchParams({ at: recurrence })}`;
  const attended = left?.attended ?? [];
  const isBare = loaded.name !== "loading" && left?.attended === undefined && !left?.files;
  const lasted = Date.parse(planned.ends_at) - Date.parse(planned.starts_at);
  return (
    <li class="card home-over-card">
      <a class="home-title" href={address} dir="auto">
        {planned.title}
      </a>
      <p>{`${dayWords(planned, now)} · ${formatMinutes(Math.round(lasted / MINUTE_MS))}`}</p>
      {/* The row keeps its height while it loads. */}
      {!isBare && (
        <p class="home-left">
          {attended.length > 0 && (
            <Avatars names={attended.slice(0, FACES)} rest={attended.length - FACES} size={28} />
          )}
          {left?.attended !== undefined && (
            <span class="home-fact">
              <Users size={14} strokeWidth={2} aria-hidden="true" />
              {text.came(attended.length)}
            </span>
          )}
          {left !== undefined && left.files > 0 && (
            <a class="home-fact" href={`/rooms/${room}`}>
              <FileText size={14} strokeWidth={2} aria-hidden="true" />
              {text.files(left.files)}
            </a>
          )}
        </p>
      )}
    </li>
  );
}

function dayWords({ ends_at }: Occurrence, now: number): string {
  const text = homeText();
  const ended = new Date(ends_at);
  const isOn = (moment: number) => new Date(moment).toDateString() === ended.toDateString();
  if (isOn(now)) {
    return text.today;
  }
  return isOn(now - DAY_MS) ? text.yesterday : formatDate(ended);
}
