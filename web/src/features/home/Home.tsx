/** The start page of somebody who is signed in. */

import "@/features/home/home.css";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { OwnRooms } from "@/features/home/OwnRooms";
import type { RoomList } from "@/features/home/rooms";
import { homeText } from "@/features/home/strings";
import { formatDay } from "@/i18n/format";
import { classes } from "@/lib/class";
import { Mark } from "@/ui/Mark";
import { usePage } from "@/ui/page";

export interface HomeProps {
  name: string;
  /** The way to a new meeting, and the way into one. */
  start: ComponentChildren;
  join: ComponentChildren;
  list: RoomList;
}

/** The page. */
export function Home({ name, start, join, list }: HomeProps) {
  const text = homeText();
  useEffect(() => void list.rooms.load(), [list]);
  const rooms = list.rooms.state.value;
  const isEmpty = rooms.name === "ready" && rooms.value.items.length === 0;
  const heading = usePage(text.title(name));
  return (
    <>
      <p class="home-day">{formatDay(new Date())}</p>
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {text.title(name)}
      </h1>
      <section class={classes("card home-start", isEmpty && "home-empty")}>
        {isEmpty && (
          <>
            <Mark size={72} />
            <h2 class="section-title">{text.empty}</h2>
            <p>{text.emptyLine}</p>
          </>
        )}
        <div class="home-ways">
          {start}
          {join}
        </div>
      </section>
      <OwnRooms list={list} />
    </>
  );
}
