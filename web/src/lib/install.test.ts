import { describe, expect, it, vi } from "vitest";
import { canInstall, install, isInstalled } from "@/lib/install";

function offered() {
  const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
    prompt: vi.fn(() => Promise.resolve()),
    userChoice: Promise.resolve({ outcome: "accepted" }),
  });
  dispatchEvent(event);
  return event;
}

describe("install", () => {
  it("does nothing where the browser offered nothing", async () => {
    await install();
    expect(canInstall.value).toBeUndefined();
  });

  it("keeps the offer for the button, and uses it once", async () => {
    const event = offered();
    expect(event.defaultPrevented).toBe(true);
    expect(canInstall.value).toBeDefined();
    await Promise.all([install(), install()]);
    expect(event.prompt).toHaveBeenCalledOnce();
    expect(canInstall.value).toBeUndefined();
  });

  it("knows when it is done", () => {
    offered();
    dispatchEvent(new Event("appinstalled"));
    expect(canInstall.value).toBeUndefined();
    expect(isInstalled.value).toBe(true);
  });
});
