import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import type { ParticipantView } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import { TileTools } from "./TileTools";

function offered(more: Partial<ParticipantView>): (string | null)[] {
  render(
    <TileTools
      participant={fakeParticipant("budi", { isMicrophoneOn: true, ...more })}
      isPinned={false}
      onPin={vi.fn()}
      onVolume={vi.fn()}
      onHide={vi.fn()}
      mayHide={() => false}
      onHideSelf={vi.fn()}
      onMute={vi.fn()}
      mayMute={({ role }) => role !== "host"}
      onPinForAll={vi.fn()}
    />,
  );
  return screen.getAllByRole("menuitem", { hidden: true }).map((one) => one.textContent);
}

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("TileTools", () => {
  it.each<[string, Partial<ParticipantView>, string[]]>([
    ["a guest", {}, ["Adjust volume", "Pin for everyone", "Mute for everyone"]],
    ["whoever ranks higher", { role: "host" }, ["Adjust volume", "Pin for everyone"]],
    ["whom no place is kept", { hasPlace: false }, ["Adjust volume", "Mute for everyone"]],
  ])("offer of %s nothing that the server would refuse", (_, more, rows) => {
    expect(offered(more)).toEqual(rows);
  });
});
