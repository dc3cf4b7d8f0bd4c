import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { watchArrivals } from "@/app/stay-chimes";

describe("watchArrivals", () => {
  it("tells of newcomers, not of those who were there or who left", () => {
    const present = signal<readonly string[]>(["a"]);
    let arrivals = 0;
    const stop = watchArrivals(
      () => present.value,
      () => {
        arrivals += 1;
      },
    );
    expect(arrivals).toBe(0);
    present.value = ["a", "b"];
    present.value = ["b"];
    expect(arrivals).toBe(1);
    present.value = ["b", "a"];
    expect(arrivals).toBe(2);
    stop();
    present.value = ["c"];
    expect(arrivals).toBe(2);
  });
});
