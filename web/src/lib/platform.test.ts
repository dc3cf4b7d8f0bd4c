import { describe, expect, it } from "vitest";
import { readPlatform } from "@/lib/platform";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("readPlatform", () => {
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0 Safari/537.36`,
      "Chrome",
      "Windows",
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0`,
      "Edge",
      "Windows",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"],
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.0 Safari/605.1`,
      "Safari",
      "macOS",
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; K) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
      "Samsung Internet",
      "Android",
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${WEBKIT} CriOS/140.0 Mobile Safari/604.1`,
      "Chrome",
      "iOS",
    ],
    ["", "Chrome", "Linux"],
  ])("reads %s", (userAgent, browser, system) => {
    expect(readPlatform(userAgent)).toEqual({ browser, system });
  });

  it("knows an iPad that poses as a Mac", () => {
    const pose = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.0 Safari/605.1`;
    expect(readPlatform(pose, 5).system).toBe("iOS");
  });
});
