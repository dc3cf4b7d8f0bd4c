import { describe, expect, it } from "vitest";
import { accountPageAt } from "@/app/account-pages";
import { readRoomCode } from "@/lib/room-code";

describe("accountPageAt", () => {
  it.each(["login", "register", "verify-email", "reset-password", "contacts", "settings"])(
    "knows %s, which is the code of no meeting",
    (name) => {
      expect(accountPageAt(name)).toBe(name);
      expect(readRoomCode(name)).toBeUndefined();
    },
  );

  it.each(["abc-defg-hij", "home", "constructor", "__proto__", ""])("knows no %s", (name) => {
    expect(accountPageAt(name)).toBeUndefined();
  });
});
