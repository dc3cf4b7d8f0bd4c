/** Which kind of screen the window is, and how large an element is, as signals. */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Screen } from "./arrangement";
import type { Size } from "./layout";

const PHONE = "(max-width: 760px), (max-height: 479px)";
const WIDE = "(min-width: 1700px)";

/** Keeps the signal at the kind of screen of the window. */
export function useScreen(screen: Signal<Screen>): void {
  useEffect(() => {
    const phone = matchMedia(PHONE);
    const wide = matchMedia(WIDE);
    const read = (): void => {
      screen.value = phone.matches ? "phone" : wide.matches ? "wide" : "laptop";
    };
    read();
    phone.addEventListener("change", read);
    wide.addEventListener("change", read);
    return () => {
      phone.removeEventListener("change", read);
      wide.removeEventListener("change", read);
    };
  }, [screen]);
}

/** Keeps the signal at the size of the element inside its padding. */
export function useSize(size: Signal<Size>): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null) {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) {
        const { width, height } = entry.contentRect;
        size.value = { width: Math.floor(width), height: Math.floor(height) };
      }
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [size]);
  return element;
}
