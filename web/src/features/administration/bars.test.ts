import { expect, test } from "vitest";
import { barsOf, HEIGHT, WIDTH } from "./bars";

test("the highest value fills the plane, and others stand in proportion", () => {
  const [low, high, half] = barsOf([0, 10, 5]);
  expect(high).toMatchObject({ y: 0, height: HEIGHT });
  expect(half).toMatchObject({ y: HEIGHT / 2, height: HEIGHT / 2 });
  expect(low).toMatchObject({ y: HEIGHT - 2, height: 2 });
});

test("all bars have their place, also when nothing happened", () => {
  const bars = barsOf(Array.from({ length: 30 }, () => 0));
  expect(bars).toHaveLength(30);
  expect(bars.every(({ height, width }) => height === 2 && width > 0)).toBe(true);
  const last = bars.at(-1);
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(WIDTH);
});

test("without days there is nothing to draw", () => {
  expect(barsOf([])).toEqual([]);
});
