/** What every page does when it appears: its title in the tab, its heading read out. */

import { useEffect, useRef } from "preact/hooks";

/** Name the page; put the returned ref on its heading, which takes the focus. */
export function usePage(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Jumpa`;
  }, [title]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return heading;
}
