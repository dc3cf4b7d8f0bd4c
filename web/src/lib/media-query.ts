/** Whether a media query matches, followed while a component stands. */

import { useEffect, useState } from "preact/hooks";

/** The width up to which pages outside a meeting are laid out for a phone. */
export const PHONE_PAGE = "(max-width: 47.5rem)";

/** Whether it matches now. */
export function useMedia(query: string): boolean {
  const [isMatching, setMatching] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const look = () => setMatching(list.matches);
    look();
    list.addEventListener("change", look);
    return () => list.removeEventListener("change", look);
  }, [query]);
  return isMatching;
}
