import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LeaveReason } from "@/app/admission";
import { After } from "@/features/after/After";
import { chooseLocale } from "@/i18n/locale";

function leave(reason: LeaveReason, refusal?: string, wasInside = true) {
  const onAgain = vi.fn();
  const props = {
    reason,
    refusal,
    code: "abc-defg-hij",
    title: "Rapat wali kelas",
    name: "Ni Luh Ayu Pradnyani",
    offer: <button type="button">offer</button>,
    onAgain,
    onHome: vi.fn(),
    sendRating: wasInside ? () => Promise.resolve() : undefined,
  };
  render(<After {...props} />);
  return onAgain;
}

beforeEach(() => {
  chooseLocale("en");
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("down")));
});
afterEach(cleanup);

describe("After", () => {
  it.each([
    ["left", "See you, Ayu", "Join again"],
    ["idle", "Nobody else came", "Join again"],
    ["duplicate", "The meeting moved to another device", "Move it here"],
    ["failed", "The connection was lost", "Join again"],
  ] as const)("leads back in when %s", (reason, title, button) => {
    const onAgain = leave(reason);
    const heading = screen.getByRole("heading", { name: title });
    expect(document.activeElement).toBe(heading);
    fireEvent.click(screen.getByRole("button", { name: button }));
    expect(onAgain).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["left", true],
    ["ended", true],
    ["removed", false],
    ["idle", false],
    ["duplicate", false],
    ["failed", false],
  ] as const)("asks how it was when %s: %s", (reason, isAsked) => {
    leave(reason);
    const question = screen.queryByRole("heading", { name: "Were sound and picture good?" });
    expect(question !== null).toBe(isAsked);
  });

  it("asks nobody who was not inside", () => {
    leave("ended", undefined, false);
    expect(screen.queryByRole("button", { name: "Good" })).toBeNull();
  });

  it("does not lead back in when removed", () => {
    leave("removed");
    expect(
      screen.getByRole("heading", { name: "You were removed from the meeting" }),
    ).toBeDefined();
    expect(screen.getAllByRole("button").map((button) => button.textContent)).not.toContain(
      "Join again",
    );
  });

  it("offers a new meeting when this one is over", () => {
    leave("ended");
    expect(screen.getByText("Rapat wali kelas was ended for everyone.")).toBeDefined();
    expect(screen.getByRole("button", { name: "offer" })).toBeDefined();
  });

  it("says why the server refused, in the reader's language", () => {
    leave("failed", "the token has expired");
    expect(screen.getByText("The token has expired.")).toBeDefined();
    cleanup();
    chooseLocale("id");
    leave("failed", "the token has expired");
    expect(screen.getByText("Izin masuk ini sudah lewat waktunya.")).toBeDefined();
  });

  it("shows words of the server that it does not know as they are", () => {
    leave("failed", "the token does not grant roomJoin");
    expect(screen.getByText("the token does not grant roomJoin").lang).toBe("en");
  });
});
