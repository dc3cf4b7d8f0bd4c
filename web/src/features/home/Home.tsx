/** The start page of somebody who is signed in. */

import "@/features/home/home.css";
import type { ComponentChildren } from "preact";
import { homeText } from "@/features/home/strings";
import { formatDay } from "@/i18n/format";
import { Mark } from "@/ui/Mark";
import { usePage } from "@/ui/page";

export interface HomeProps {
  name: string;
  /** The way to a new meeting, and the way into one. */
  start: ComponentChildren;
  join: ComponentChildren;
}

/** The page. */
export function Home({ name, start, join }: HomeProps) {
  const text = homeText();
  const heading = usePage(text.title(name));
  return (
    <>
      <p class="home-day">{formatDay(new Date())}</p>
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {text.title(name)}
      </h1>
      <section class="card home-empty">
        <Mark size={72} />
        <h2 class="section-title">{text.empty}</h2>
        <p>{text.emptyLine}</p>
        <div class="home-ways">
          {start}
          {join}
        </div>
      </section>
    </>
  );
}
