import { beforeEach, describe, expect, it } from "vitest";
import { HoldToTalk } from "./hold-to-talk";

const SPACE = { code: "Space", repeat: false };

function inPage(html: string): Element {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  return holder.firstElementChild as Element;
}

describe("HoldToTalk", () => {
  let isMuted: boolean;
  let said: boolean[];
  let hold: HoldToTalk;

  beforeEach(() => {
    isMuted = true;
    said = [];
    hold = new HoldToTalk({ mayTalk: () => isMuted, onTalk: (isTalking) => said.push(isTalking) });
  });

  it("talks from press to release, however often the key repeats", () => {
    expect(hold.press(SPACE, document.body)).toBe(true);
    isMuted = false;
    expect(hold.press({ ...SPACE, repeat: true }, document.body)).toBe(true);
    hold.release();
    hold.release();
    expect(said).toEqual([true, false]);
  });

  it("leaves the space bar to a focused button, field or menu", () => {
    for (const html of ["<button></button>", "<textarea></textarea>", "<div role=menu></div>"]) {
      expect(hold.press(SPACE, inPage(html))).toBe(false);
    }
    expect(said).toEqual([]);
  });

  it("does nothing for who is heard already or may not speak", () => {
    isMuted = false;
    expect(hold.press(SPACE, document.body)).toBe(false);
    hold.release();
    expect(said).toEqual([]);
  });

  it("takes another key as well, also while a button has focus, and not while somebody types", () => {
    const own = new HoldToTalk({
      otherKey: () => "t",
      mayTalk: () => true,
      onTalk: (isTalking) => said.push(isTalking),
    });
    const key = { code: "KeyT", key: "T", repeat: false };
    expect(own.press(key, inPage("<textarea></textarea>"))).toBe(false);
    expect(own.press(key, inPage("<button></button>"))).toBe(true);
    own.release("KeyA");
    expect(said).toEqual([true]);
    own.release("KeyT");
    expect(said).toEqual([true, false]);
  });

  it("does not begin with a key that was held before", () => {
    expect(hold.press({ ...SPACE, repeat: true }, document.body)).toBe(false);
    expect(hold.press({ code: "KeyA", repeat: false }, document.body)).toBe(false);
    expect(said).toEqual([]);
  });
});
