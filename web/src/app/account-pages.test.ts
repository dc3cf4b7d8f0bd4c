import { describe, expect, it } from "vitest";
import { accountPageAt } from "@/app/account-pages";
import { readRoomCode } from "@/lib/room-code";

describe("accountPageAt", () => {
  it.each([
    "login",
    "register",
    "verify-email",
    "reset-password",
    "contacts",
    "schedule",
    "settings",
    "invitation",
    "guest",
  ])("knows %s, which is the address of no meeting", (name) => {
    expect(accountPageAt(name)).toBe(name);
    // Ten letters may be a code, whose address has hyphens.
    expect(readRoomCode(name)).not.toBe(name);
  });

  it.each(["abc-defg-hij", "home", "constructor", "__proto__", ""])("knows no %s", (name) => {
    expect(accountPageAt(name)).toBeUndefined();
  });
});
