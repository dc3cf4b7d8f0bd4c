import { describe, expect, it } from "vitest";
import { lastTried } from "@/features/connection-test/steps";

describe("lastTried", () => {
  it("is the last step of which something is known", () => {
    expect(
      lastTried([
        { name: "server", state: "good" },
        { name: "socket", state: "failed" },
        { name: "udp", state: "running" },
        { name: "sound", state: "waiting" },
      ]),
    ).toEqual({ name: "socket", state: "failed" });
  });

  it("is nothing at the beginning", () => {
    expect(lastTried([{ name: "server", state: "running" }])).toBeUndefined();
  });
});
