import { describe, expect, it } from "vitest";
import { markTab, showsTab } from "./own-tab";

describe("showsTab", () => {
  it("knows the tab by the sign that was put on it", () => {
    const marked: { handle: string; permittedOrigins: string[] }[] = [];
    const devices = { setCaptureHandleConfig: (config: (typeof marked)[0]) => marked.push(config) };
    markTab(devices, "https://meet.example", "mine");
    expect(marked).toEqual([{ handle: "mine", permittedOrigins: ["https://meet.example"] }]);
    expect(showsTab({ getCaptureHandle: () => ({ handle: "mine" }) }, "mine")).toBe(true);
  });

  it("takes other tabs, whole screens and old browsers for something else", () => {
    expect(showsTab({ getCaptureHandle: () => ({ handle: "other" }) }, "mine")).toBe(false);
    expect(showsTab({ getCaptureHandle: () => null }, "mine")).toBe(false);
    expect(showsTab({}, "mine")).toBe(false);
    expect(showsTab(undefined, "mine")).toBe(false);
    expect(() => markTab({}, "https://meet.example", "mine")).not.toThrow();
  });

  it("goes without where the page is in a frame", () => {
    const setCaptureHandleConfig = () => {
      throw new DOMException("Can only be called from the top-level document.");
    };
    const mark = () => markTab({ setCaptureHandleConfig }, "https://meet.example", "mine");
    expect(mark).not.toThrow();
  });
});
