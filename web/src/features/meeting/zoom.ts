/** Makes a picture larger than its frame, which then scrolls. */
import { useEffect, useState } from "preact/hooks";

const FACTORS = [1, 1.5, 2, 3, 4];

export interface Zoom {
  factor: number;
  canGrow: boolean;
  canShrink: boolean;
  step: (by: 1 | -1) => void;
}

/** The factor after this one, or the same at either end. */
export function zoomedBy(factor: number, by: 1 | -1): number {
  return FACTORS[FACTORS.indexOf(factor) + by] ?? factor;
}

/** Where to scroll so that the middle of the view stays in the middle. */
export function scrollFor(scroll: number, length: number, ratio: number): number {
  return (scroll + length / 2) * ratio - length / 2;
}

/** The zoom of what the view holds; Ctrl and the wheel change it too. */
export function useZoom(view: HTMLElement | null): Zoom {
  const [factor, setFactor] = useState(1);
  const step = (by: 1 | -1): void => {
    const next = zoomedBy(factor, by);
    if (view !== null && next !== factor) {
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = view;
      const ratio = next / factor;
      requestAnimationFrame(() => {
        view.scrollTo(
          scrollFor(scrollLeft, clientWidth, ratio),
          scrollFor(scrollTop, clientHeight, ratio),
        );
      });
    }
    setFactor(next);
  };
  useEffect(() => {
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        step(event.deltaY < 0 ? 1 : -1);
      }
    };
    view?.addEventListener("wheel", onWheel, { passive: false });
    return () => view?.removeEventListener("wheel", onWheel);
  });
  return {
    factor,
    canGrow: zoomedBy(factor, 1) !== factor,
    canShrink: zoomedBy(factor, -1) !== factor,
    step,
  };
}
