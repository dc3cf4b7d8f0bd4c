import { afterEach, describe, expect, it, vi } from "vitest";
import { createTestLine } from "./test-line";

describe("a line that is tried", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("lets go of a camera that is allowed after it was closed", async () => {
    let allow = (_stream: unknown): void => undefined;
    const getUserMedia = () =>
      new Promise((resolve) => {
        allow = resolve;
      });
    vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
    const stop = vi.fn();
    const line = createTestLine("ws://host/", "token");
    const sent = line.send("picture");
    await line.close();
    allow({ getTracks: () => [{ stop }] });
    expect(await sent).toBe("failed");
    expect(stop).toHaveBeenCalledTimes(1);
  });
});
