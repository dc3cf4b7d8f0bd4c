import { describe, expect, it } from "vitest";
import { forBrowser, keep, readKept } from "@/lib/storage";

const refusing = (): Storage => {
  throw new DOMException("denied", "SecurityError");
};

describe("keep", () => {
  it("gives back what was kept and forgets it again", () => {
    keep(forBrowser, "key", "value");
    expect(readKept(forBrowser, "key")).toBe("value");
    keep(forBrowser, "key", undefined);
    expect(readKept(forBrowser, "key")).toBeUndefined();
  });

  it("survives a browser that stores nothing", () => {
    keep(refusing, "key", "value");
    expect(readKept(refusing, "key")).toBeUndefined();
  });
});
