import { describe, expect, it } from "vitest";
import { nearestCorner } from "./corner";

const AREA = { width: 374, height: 704 };
const at = (x: number, y: number) => nearestCorner({ x, y, width: 104, height: 148 }, AREA);

describe("nearestCorner", () => {
  it("goes by the middle of the picture", () => {
    expect(at(10, 10)).toBe("top-left");
    expect(at(260, 10)).toBe("top-right");
    expect(at(134, 277)).toBe("top-left");
    expect(at(136, 279)).toBe("bottom-right");
    expect(at(10, 600)).toBe("bottom-left");
  });

  it("finds a corner for a picture that was dragged out of the window", () => {
    expect(at(-500, 2000)).toBe("bottom-left");
  });
});
