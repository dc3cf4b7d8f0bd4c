/** The whole page as large as the screen. */
import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";

/** Enters full screen, with the page or a part of it, or leaves it; a browser that refuses stays as it is. */
export async function toggleFullscreen(part: Element = document.documentElement): Promise<void> {
  try {
    if (document.fullscreenElement === null) {
      await part.requestFullscreen();
    } else {
      await document.exitFullscreen();
    }
  } catch {
    // Nothing was lost: the page keeps its size.
  }
}

/** Whether the page fills the screen now. */
export function useFullscreen(): boolean {
  const isFull = useMemo(() => signal(document.fullscreenElement !== null), []);
  useEffect(() => {
    const read = (): void => {
      isFull.value = document.fullscreenElement !== null;
    };
    document.addEventListener("fullscreenchange", read);
    return () => document.removeEventListener("fullscreenchange", read);
  }, [isFull]);
  return isFull.value;
}
