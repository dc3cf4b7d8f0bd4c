import { beforeEach, describe, expect, it, vi } from "vitest";
import { hasSignedIn, noteSignedIn, onSignedOutElsewhere } from "@/lib/sign-in-hint";

beforeEach(() => localStorage.clear());

describe("the hint", () => {
  it("is kept and forgotten", () => {
    expect(hasSignedIn()).toBe(false);
    noteSignedIn(true);
    expect(hasSignedIn()).toBe(true);
    noteSignedIn(false);
    expect(hasSignedIn()).toBe(false);
  });

  it("tells when another tab signed out, and of nothing else", () => {
    const heard = vi.fn();
    const stop = onSignedOutElsewhere(heard);
    noteSignedIn(true);
    window.dispatchEvent(new StorageEvent("storage", { key: "jumpa.signed-in" }));
    window.dispatchEvent(new StorageEvent("storage", { key: "jumpa.locale" }));
    expect(heard).not.toHaveBeenCalled();
    noteSignedIn(false);
    window.dispatchEvent(new StorageEvent("storage", { key: "jumpa.signed-in" }));
    window.dispatchEvent(new StorageEvent("storage", { key: null }));
    expect(heard).toHaveBeenCalledTimes(2);
    stop();
    window.dispatchEvent(new StorageEvent("storage", { key: "jumpa.signed-in" }));
    expect(heard).toHaveBeenCalledTimes(2);
  });
});
