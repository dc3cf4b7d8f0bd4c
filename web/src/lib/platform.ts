/** Which browser and system people use, for the words of the permission help only. */

export type Browser = "Chrome" | "Edge" | "Firefox" | "Safari" | "Opera" | "Samsung Internet";
export type System = "Windows" | "macOS" | "Linux" | "ChromeOS" | "Android" | "iOS";

export interface Platform {
  browser: Browser;
  system: System;
}

const BROWSERS: [RegExp, Browser][] = [
  [/SamsungBrowser/, "Samsung Internet"],
  [/Edg(?:A|iOS)?\//, "Edge"],
  [/OPR\/|OPiOS/, "Opera"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS|Chromium/, "Chrome"],
  [/Safari/, "Safari"],
];
const SYSTEMS: [RegExp, System][] = [
  [/iPhone|iPad|iPod/, "iOS"],
  [/Android/, "Android"],
  [/CrOS/, "ChromeOS"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
];

function firstMatch<T>(userAgent: string, table: [RegExp, T][], otherwise: T): T {
  return table.find(([pattern]) => pattern.test(userAgent))?.[1] ?? otherwise;
}

/** Read a user agent; an iPad that poses as a Mac is told apart by its touch points. */
export function readPlatform(userAgent: string, touchPoints = 0): Platform {
  const system = firstMatch(userAgent, SYSTEMS, "Linux");
  return {
    browser: firstMatch(userAgent, BROWSERS, "Chrome"),
    system: system === "macOS" && touchPoints > 1 ? "iOS" : system,
  };
}
