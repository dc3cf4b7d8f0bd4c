import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import { fakeParticipant } from "@/media/participants.fake";
import { SmallScreen } from "./SmallScreen";

const SHARE = {
  participant: fakeParticipant("budi", { name: "Budi" }),
  box: { x: 0, y: 0, width: 160, height: 90 },
  isSmall: true,
};

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("SmallScreen", () => {
  it("is made large by a press", () => {
    const onEnlarge = vi.fn();
    render(<SmallScreen share={SHARE} onEnlarge={onEnlarge} />);
    fireEvent.click(screen.getByRole("button", { name: "Enlarge Budi’s screen" }));
    expect(onEnlarge).toHaveBeenCalledTimes(1);
  });

  it("has no button where it stands alone", () => {
    render(<SmallScreen share={SHARE} />);
    expect(screen.getByRole("figure", { name: "Budi’s screen" })).toBeDefined();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
