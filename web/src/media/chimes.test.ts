import { beforeEach, describe, expect, it } from "vitest";
import { Chimes, chimeChoices } from "./chimes";

describe("Chimes", () => {
  let played: number[];
  let finish: () => void;
  let chimes: Chimes;

  beforeEach(() => {
    played = [];
    for (const choice of Object.values(chimeChoices)) {
      choice.turn(true);
    }
    chimes = new Chimes(
      (notes) => {
        played.push(notes.length);
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
      () => undefined,
    );
  });

  it("sounds one at a time", async () => {
    const first = chimes.sound("knock");
    await chimes.sound("hand");
    expect(played).toEqual([3]);
    finish();
    await first;
    void chimes.sound("hand");
    expect(played).toEqual([3, 2]);
  });

  it("is silent for what was turned off", () => {
    chimeChoices.knock.turn(false);
    void chimes.sound("knock");
    expect(played).toEqual([]);
    void chimes.sound("message");
    expect(played).toEqual([1]);
  });

  it("sounds again after the browser refused", async () => {
    let isRefused = true;
    const refused = new Chimes(
      async () => {
        if (isRefused) {
          throw new DOMException("no gesture yet", "NotAllowedError");
        }
        played.push(1);
      },
      () => undefined,
    );
    await refused.sound("hand");
    isRefused = false;
    await refused.sound("hand");
    expect(played).toEqual([1]);
  });
});
