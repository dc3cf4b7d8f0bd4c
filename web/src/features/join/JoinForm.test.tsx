import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { JoinedRoom, RoomView } from "@/api/rooms";
import { FakeCapture } from "@/features/join/capture.fake";
import { JoinForm } from "@/features/join/JoinForm";
import { Preview } from "@/features/join/preview";
import { Join } from "@/features/join/state";
import { chooseLocale } from "@/i18n/locale";
import { FakeTimers } from "@/lib/timers.fake";

const ROOM: RoomView = {
  code: "abc-defg-hij",
  title: "Rapat wali kelas",
  created_at: "2026-01-05T02:30:00Z",
  ended: false,
  has_password: false,
  participants: ["Bagas Pramudya"],
  participant_count: 1,
};

async function form(
  name: string,
  port = new FakeCapture(),
  code = "room_full",
  room: RoomView = ROOM,
) {
  const preview = new Preview(port, "Linux", { microphone: true, camera: true });
  void preview.begin();
  await Promise.resolve();
  const refuse = () => Promise.reject<JoinedRoom>(new ApiError(code, 429, ""));
  const join = new Join(ROOM.code, {
    look: () => Promise.resolve(ROOM),
    join: refuse,
    timers: new FakeTimers(),
  });
  const onJoin = vi.fn();
  const props = { join, preview, room, name, onName: vi.fn(), onJoin };
  render(<JoinForm {...props} />);
  return { join, onJoin };
}

beforeEach(() => {
  localStorage.clear();
  chooseLocale("en");
});
afterEach(cleanup);

describe("JoinForm", () => {
  it("names the room and says who is inside", async () => {
    await form("");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(ROOM.title);
    expect(screen.getByText("Bagas is inside")).toBeDefined();
  });

  it("gives a room without a name one in the language of the moment", async () => {
    await form("", new FakeCapture(), "room_full", { ...ROOM, title: "" });
    const title = () => screen.getByRole("heading", { level: 1 }).textContent;
    expect(title()).toBe("The meeting");
    chooseLocale("id");
    await vi.waitFor(() => expect(title()).toBe("Rapat"));
  });

  it("asks for a name before it lets anyone in", async () => {
    const { onJoin } = await form("   ");
    fireEvent.click(screen.getByRole("button", { name: "Join" }));
    expect(onJoin).not.toHaveBeenCalled();
    expect(screen.getByRole("alert").textContent).toContain("Enter your name");
    const field = screen.getByLabelText("Your name");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(field);
  });

  it("joins with pictures, or with sound only", async () => {
    const { onJoin } = await form("Ratna");
    fireEvent.click(screen.getByRole("button", { name: "Join" }));
    fireEvent.click(screen.getByRole("button", { name: "Sound only, saves data" }));
    expect(onJoin.mock.calls).toEqual([
      [false, ""],
      [true, ""],
    ]);
  });

  it("says what will be missing when devices failed", async () => {
    const port = new FakeCapture();
    port.refuse = () => new DOMException("", "NotFoundError");
    const { onJoin } = await form("Ratna", port);
    const button = await screen.findByRole("button", {
      name: "Join without camera and microphone",
    });
    fireEvent.click(button);
    expect(onJoin).toHaveBeenCalledOnce();
  });

  it("does not take the camera away from someone who joins while it is starting", async () => {
    const port = new FakeCapture();
    port.capture = () => new Promise(() => undefined);
    const { onJoin } = await form("Ratna", port);
    fireEvent.click(screen.getByRole("button", { name: "Join" }));
    expect(onJoin.mock.calls).toEqual([[false, ""]]);
  });

  it("shows why the server refused", async () => {
    const { join } = await form("Ratna");
    await join.join("Ratna");
    expect((await screen.findByRole("alert")).textContent).toContain("The room is full");
  });

  it("asks for the password of a room once it turns out to have one", async () => {
    const { join, onJoin } = await form("Ayu", new FakeCapture(), "room_password_missing");
    expect(screen.queryByLabelText("Password of the room")).toBeNull();
    await join.join("Ayu");
    const field = await screen.findByLabelText("Password of the room");
    expect(screen.getByRole("alert").textContent).toContain("has a password");
    fireEvent.input(field, { target: { value: "teras" } });
    fireEvent.click(screen.getByRole("button", { name: "Join" }));
    expect(onJoin).toHaveBeenCalledWith(false, "teras");
  });
});
