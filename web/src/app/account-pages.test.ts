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
    "notifications",
    "rooms",
    "organisation",
    "join-organisation",
    "settings",
    "notification-settings",
    "invitation",
    "guest",
  ])("knows %s, which is the address of no meeting", (name) => {
    expect(accountPageAt(name)).toBe(name);
    // Ten letters may be a code, whose address has hyphens.
    expect(readRoomCode(name)).not.toBe(name);
  });

  it("knows which pages go on with what they are about", () => {
    expect(accountPageAt("schedule", "1")).toBe("schedule");
    expect(accountPageAt("rooms", "abc-defg-hij")).toBe("rooms");
    expect(accountPageAt("organisation", "audit")).toBe("organisation");
    expect(accountPageAt("organisation", "1")).toBeUndefined();
    expect(accountPageAt("settings", "1")).toBeUndefined();
    expect(accountPageAt("abc-defg-hij", "1")).toBeUndefined();
  });

  it.each(["abc-defg-hij", "home", "constructor", "__proto__", ""])("knows no %s", (name) => {
    expect(accountPageAt(name)).toBeUndefined();
  });
});
