/** What every page does when it appears: its title in the tab, its heading read out. */

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** How much waits to be read, shown before the title of the tab. */
export const countInTitle = signal(0);

/** Name the page; put the returned ref on its heading, which takes the focus. */
export function usePage(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const count = countInTitle.value;
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ""}${title} · Jumpa`;
  }, [title, count]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return heading;
}
