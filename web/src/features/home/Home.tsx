/** The start page of somebody who is signed in. */

import "@/features/home/home.css";
import "@/features/home/first.css";
import { CalendarPlus } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Paging } from "@/api/paging";
import type { OwnRoom } from "@/api/rooms";
import { useAhead, useNow } from "@/features/home/ahead";
import { Finished } from "@/features/home/Finished";
import { FirstSteps } from "@/features/home/FirstSteps";
import { useFinished } from "@/features/home/finished";
import { Next } from "@/features/home/Next";
import { OwnRooms } from "@/features/home/OwnRooms";
import { homeText } from "@/features/home/strings";
import { Today } from "@/features/home/Today";
import { isNear, isTicking, upcomingOf } from "@/features/home/upcoming";
import { formatDay } from "@/i18n/format";
import { classes } from "@/lib/class";
import { Mark } from "@/ui/Mark";
import { usePage } from "@/ui/page";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** How the way to a new meeting stands here. */
export interface StartLook {
  isNext: boolean;
  isCompact: boolean;
}

export interface HomeProps {
  name: string;
  /** The way to a new meeting, and the way into one. */
  start: (look: StartLook) => ComponentChildren;
  join: ComponentChildren;
  list: Paging<OwnRoom>;
  /** The card of contacts. */
  contacts: ComponentChildren;
  /** Whether camera and microphone were tried in this browser. */
  hasTriedDevices: boolean;
}

/** The page. */
export function Home({ name, start, join, list, contacts, hasTriedDevices }: HomeProps) {
  const text = homeText();
  const ahead = useAhead();
  const loaded = ahead.state.value;
  const planned = loaded.name === "ready" ? loaded.value : [];
  const past = useFinished().state.value;
  // What is over is worth no error: the schedule above says what went wrong.
  const finished = past.name === "ready" ? past.value : [];
  const now = useNow(isTicking(planned, Date.now()));
  useEffect(() => void list.pages.load(), [list]);
  const rooms = list.pages.state.value;
  const { left, next, today } = upcomingOf(planned, now);
  const isEmpty =
    rooms.name === "ready" &&
    loaded.name === "ready" &&
    rooms.value.items.length === 0 &&
    next === undefined &&
    finished.length === 0;
  // Until it is known what is here, nothing is offered that would move away from under a finger.
  const isKnown = [rooms, loaded, past].every(({ name: state }) => state !== "loading");
  const title = text.title(name);
  const heading = usePage(title);
  return (
    <>
      <div class="home-top">
        <div class="home-greeting">
          <p class="home-day">{formatDay(new Date(now))}</p>
          <h1 ref={heading} tabIndex={-1} class="page-title">
            {title}
          </h1>
        </div>
        <div class="home-ways">
          {join}
          {isKnown && !isEmpty && (
            <>
              <PlanLink />
              {start({ isNext: next === undefined || !isNear(next, now), isCompact: true })}
            </>
          )}
        </div>
      </div>
      {!isKnown && (
        <section class="card home-card home-waiting">
          <SkeletonRows />
        </section>
      )}
      {/* Shown in one piece, so that nothing is pushed down by what comes above it later. */}
      <div class="home-columns" hidden={!isKnown}>
        <div class="home-main">
          {loaded.name === "failed" && (
            <section class="card home-card">
              <Trouble text={loaded.error} onRetry={() => void ahead.load()} />
            </section>
          )}
          {next !== undefined && <Next planned={next} now={now} />}
          {isEmpty && <Empty start={start({ isNext: true, isCompact: false })} />}
          {today.length > 0 && <Today planned={today} />}
          {finished.length > 0 && <Finished finished={finished} now={now} />}
          <OwnRooms list={list} next={left} />
        </div>
        <aside class="home-aside">
          {isEmpty && <FirstSteps hasTriedDevices={hasTriedDevices} />}
          {contacts}
        </aside>
      </div>
    </>
  );
}

function PlanLink({ isLarge = false }: { isLarge?: boolean }) {
  return (
    <a class={classes("button button-secondary", isLarge && "button-huge")} href="/schedule?new">
      <CalendarPlus size={18} strokeWidth={1.75} aria-hidden="true" />
      {homeText().plan}
    </a>
  );
}

function Empty({ start }: { start: ComponentChildren }) {
  const text = homeText();
  return (
    <section class="card home-empty">
      <Mark size={72} />
      <h2 class="section-title">{text.empty}</h2>
      <p>{text.emptyLine}</p>
      <div class="home-empty-ways">
        {start}
        <PlanLink isLarge />
      </div>
    </section>
  );
}
