import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { PlanForm } from "@/features/schedule/PlanForm";
import { chooseLocale } from "@/i18n/locale";

const OTHER = {
  meeting_id: "1",
  recurrence: "x",
  title: "Upacara",
  starts_at: "2026-12-01T02:00Z",
};

const ANI = { id: "2", first_name: "Ani", last_name: "Lestari", avatar: null };
const TEAM = {
  id: "g",
  name: "Angkatan XI",
  members: [{ email: "budi@example.com", name: "Budi" }],
};

function plan(answers: Parameters<typeof fakeServer>[0]) {
  const asked = fakeServer({ "POST /meetings/conflicts": () => json({ items: [] }), ...answers });
  const onSaved = vi.fn();
  render(<PlanForm onSaved={onSaved} onDiscard={() => undefined} />);
  return { onSaved, plans: () => asked.filter(({ path }) => path.endsWith("/meetings")) };
}

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

const save = (name = "Save") => fireEvent.click(screen.getByRole("button", { name }));

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("planning a meeting", () => {
  it("asks for a title before it asks the server", () => {
    const { plans } = plan({});
    save();
    expect(screen.getByText(/^Write a title/)).toBeDefined();
    expect(plans()).toEqual([]);
  });

  it("sends what was typed, with everybody who was named", async () => {
    const { onSaved, plans } = plan({ "POST /meetings": () => json({ id: "7" }, 201) });
    type("Title", "Rapat");
    type("Participants", "budi@example.com, ani@example.com,");
    save("Save and invite");
    await waitFor(() =>
      expect(onSaved).toHaveBeenCalledWith({ meeting: { id: "7" }, lacksWaitingRoom: false }),
    );
    expect(plans()[0]?.body).toMatchObject({
      title: "Rapat",
      rule: "",
      invited: [{ email: "budi@example.com" }, { email: "ani@example.com" }],
    });
  });

  it.each(["Begins", "Ends", "Date"])("stands while somebody types %s anew", (label) => {
    plan({});
    type("Title", "Rapat");
    type(label, "");
    save();
    expect(screen.getByDisplayValue("Rapat")).toBeDefined();
    expect(screen.getByLabelText(label).getAttribute("aria-invalid")).toBe("true");
  });

  it("lets nobody be invited twice, and takes names back", () => {
    plan({});
    type("Participants", "budi@example.com,");
    type("Participants", "Budi@example.com,");
    fireEvent.click(screen.getByRole("button", { name: "Remove budi@example.com" }));
    expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
  });

  it("suggests contacts and groups, and makes a colleague co-host", async () => {
    const { plans } = plan({
      "GET /users/contacts": () => json({ items: [ANI] }),
      "GET /invitation-groups": () => json([TEAM]),
      "GET /users/search?q=an": () => json({ items: [ANI] }),
      "POST /meetings": () => json({ id: "7" }, 201),
    });
    type("Title", "Rapat");
    type("Participants", "An");
    const field = screen.getByLabelText("Participants");
    await screen.findByRole("option", { name: /Ani Lestari/ });
    fireEvent.keyDown(field, { key: "ArrowDown" });
    fireEvent.keyDown(field, { key: "ArrowDown" });
    fireEvent.keyDown(field, { key: "Enter" });
    fireEvent.click(screen.getByRole("button", { name: "Make Ani Lestari a co-host" }));
    type("Participants", "angk");
    fireEvent.click(await screen.findByRole("option", { name: /Angkatan/ }));
    save("Save and invite");
    await waitFor(() => expect(plans()).toHaveLength(1));
    expect(plans()[0]?.body).toMatchObject({
      invited: [
        { user_id: "2", role: "cohost" },
        { email: "budi@example.com", name: "Budi", role: "attendee" },
      ],
    });
  });

  it("takes a list that was pasted", () => {
    plan({});
    fireEvent.paste(screen.getByLabelText("Participants"), {
      clipboardData: { getData: () => "Ani <ani@example.com>; budi@example.com" },
    });
    expect(screen.getByRole("button", { name: "Remove Ani" })).toBeDefined();
    expect(screen.getByRole("button", { name: "Remove budi@example.com" })).toBeDefined();
  });

  it("opens the waiting room of the meeting that it planned", async () => {
    const asked: unknown[] = [];
    const { onSaved } = plan({
      "POST /meetings": () => json({ id: "7", room_code: "abc-defg-hij" }, 201),
      "GET /rooms/abc-defg-hij/settings": () => json({ locked: true }),
      "PUT /rooms/abc-defg-hij/settings": ({ body }) => {
        asked.push(body);
        return json(body);
      },
    });
    type("Title", "Rapat");
    fireEvent.click(screen.getByRole("switch", { name: /^Waiting room/ }));
    save();
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(asked).toEqual([{ locked: true, waiting_room: true }]);
    expect(onSaved.mock.calls[0]?.[0]).toMatchObject({ lacksWaitingRoom: false });
  });

  it("plans once although the waiting room could not be opened", async () => {
    const { onSaved, plans } = plan({
      "POST /meetings": () => json({ id: "7", room_code: "abc-defg-hij" }, 201),
    });
    type("Title", "Rapat");
    fireEvent.click(screen.getByRole("switch", { name: /^Waiting room/ }));
    save();
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(onSaved.mock.calls[0]?.[0]).toMatchObject({ lacksWaitingRoom: true });
    expect(plans()).toHaveLength(1);
  });

  it("says why the server refused, and loses nothing", async () => {
    const { onSaved } = plan({ "POST /meetings": () => refusal(400, "organiser_invited") });
    type("Title", "Rapat");
    save();
    await screen.findByText(/^You are the organiser/);
    expect(screen.getByRole("textbox", { name: "Title" })).toHaveProperty("value", "Rapat");
    expect(onSaved).not.toHaveBeenCalled();
  });

  it("tells of another meeting at the same time", async () => {
    plan({ "POST /meetings/conflicts": () => json({ items: [OTHER] }) });
    await screen.findByText(/^You have another meeting: Upacara/);
  });
});
