import { describe, expect, it } from "vitest";
import { covering } from "./background";

const FRAME = { x: 0, y: 0, width: 640, height: 360 };

describe("covering", () => {
  it("fills the frame and cuts evenly what is too high", () => {
    expect(covering({ width: 640, height: 640 }, FRAME)).toEqual({
      x: 0,
      y: -140,
      width: 640,
      height: 640,
    });
  });

  it("fills the frame and cuts evenly what is too wide", () => {
    expect(covering({ width: 1280, height: 360 }, FRAME)).toEqual({
      x: -320,
      y: 0,
      width: 1280,
      height: 360,
    });
  });

  it("enlarges what is too small", () => {
    expect(covering({ width: 64, height: 36 }, FRAME)).toEqual(FRAME);
  });
});
