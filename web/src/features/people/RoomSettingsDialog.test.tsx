import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { FakeModeration } from "@/api/moderation.fake";
import { locale } from "@/i18n/locale";
import { RoomSettingsDialog } from "./RoomSettingsDialog";

describe("RoomSettingsDialog", () => {
  let moderation: FakeModeration;
  const show = (isHost = true) =>
    render(
      <RoomSettingsDialog moderation={moderation} isHost={isHost} onClose={() => undefined} />,
    );
  const find = (name: RegExp) => screen.findByRole<HTMLInputElement>("switch", { name });

  beforeEach(() => {
    locale.value = "en";
    moderation = new FakeModeration();
  });

  afterEach(cleanup);

  it("shows how the room is run", async () => {
    moderation.settings = { ...moderation.settings, locked: true, who_may_chat: "moderators" };
    show();
    expect((await find(/Lock the room/)).checked).toBe(true);
    expect((await find(/Waiting room/)).checked).toBe(false);
    expect((await find(/write in the chat/)).checked).toBe(false);
    expect((await find(/share a screen/)).checked).toBe(true);
  });

  it("turns one switch and leaves what somebody else turned meanwhile", async () => {
    show();
    const lock = await find(/Lock the room/);
    moderation.settings = { ...moderation.settings, waiting_room: true };
    fireEvent.click(lock);
    await waitFor(async () => expect((await find(/Waiting room/)).checked).toBe(true));
    expect(moderation.settings).toMatchObject({ locked: true, waiting_room: true });
  });

  it("leaves cameras to hosts, and gives them back", async () => {
    show();
    fireEvent.click(await find(/turn on the camera/));
    await waitFor(() => expect(moderation.settings.who_may_use_camera).toBe("moderators"));
    await waitFor(async () => expect((await find(/turn on the camera/)).disabled).toBe(false));
    fireEvent.click(await find(/turn on the camera/));
    await waitFor(() => expect(moderation.settings.who_may_use_camera).toBe("everybody"));
  });

  it("turns a refused switch back and says why", async () => {
    show();
    const lock = await find(/Lock the room/);
    moderation.refusal = new ApiError("role_too_low", 403, "no");
    fireEvent.click(lock);
    await screen.findByText("Your role in this room does not allow that.");
    await waitFor(async () => expect((await find(/Lock the room/)).checked).toBe(false));
  });

  it("sets a password and takes it away", async () => {
    show();
    fireEvent.input(await screen.findByLabelText("Password of the room"), {
      target: { value: "teh hangat" },
    });
    await waitFor(() => {
      fireEvent.click(screen.getByRole("button", { name: "Set the password" }));
      expect(moderation.asked).toContain("password teh hangat");
    });
    await screen.findByText("The password is set.");
    fireEvent.click(screen.getByRole("button", { name: "Remove the password" }));
    await screen.findByText("This room has no password.");
  });

  it("tells whether there is a password, and has nothing to remove when there is none", async () => {
    show();
    await screen.findByText("This room has no password.");
    expect(screen.queryByRole("button", { name: "Remove the password" })).toBeNull();
    cleanup();
    moderation.password = "teh hangat";
    show();
    await screen.findByText("The password is set.");
    await screen.findByRole("button", { name: "Remove the password" });
  });

  it("sets no empty password", async () => {
    show();
    fireEvent.click(await screen.findByRole("button", { name: "Set the password" }));
    await screen.findByText("Enter the password.");
    expect(moderation.asked).toEqual([]);
  });

  it("lists who was banned, and lifts a ban", async () => {
    moderation.banned = [{ identity: "b", name: "Bagas Pramudya", at: null }];
    show(false);
    fireEvent.click(await screen.findByRole("button", { name: "Lift the ban on Bagas" }));
    await waitFor(() => expect(screen.queryByText("Bagas Pramudya")).toBeNull());
    expect(moderation.asked).toEqual(["unban b"]);
  });

  it("leaves the password to the host", async () => {
    show(false);
    await find(/Lock the room/);
    expect(screen.queryByLabelText("Password of the room")).toBeNull();
  });
});
