/** Where the bars of a chart stand, on a plane of fixed size. */

export const WIDTH = 600;
export const HEIGHT = 150;
/** A day on which nothing happened still has its place. */
const LEAST = 2;
const GAP = 4;

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One bar for each value, the highest as high as the plane. */
export function barsOf(values: readonly number[]): Bar[] {
  const highest = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length);
  return values.map((value, index) => {
    const height = Math.max(LEAST, (value / highest) * HEIGHT);
    return { x: index * step + GAP / 2, y: HEIGHT - height, width: step - GAP, height };
  });
}
