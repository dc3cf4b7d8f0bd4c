import { describe, expect, it } from "vitest";
import { appPath } from "@/lib/app-path";

describe("appPath", () => {
  it.each(["/", "/abc-defg-hij", "/schedule?day=2#top"])("takes %s as it is", (path) => {
    expect(appPath(path)).toBe(path);
  });

  it.each([
    "",
    "settings",
    "//evil.example/x",
    "/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("refuses what is no path of this app: %s", (link) => {
    expect(appPath(link)).toBeUndefined();
  });
});
