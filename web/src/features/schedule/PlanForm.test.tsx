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

function plan(answers: Parameters<typeof fakeServer>[0]) {
  const asked = fakeServer({ "POST /meetings/conflicts": () => json({ items: [] }), ...answers });
  const onSaved = vi.fn();
  render(<PlanForm onSaved={onSaved} onDiscard={() => undefined} />);
  return { onSaved, plans: () => asked.filter(({ path }) => path.endsWith("/meetings")) };
}

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByRole("textbox", { name: label }), { target: { value } });

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
    await waitFor(() => expect(onSaved).toHaveBeenCalledWith({ id: "7" }));
    expect(plans()[0]?.body).toMatchObject({
      title: "Rapat",
      rule: "",
      invited: [{ email: "budi@example.com" }, { email: "ani@example.com" }],
    });
  });

  it("lets nobody be invited twice, and takes names back", () => {
    plan({});
    type("Participants", "budi@example.com,");
    type("Participants", "Budi@example.com,");
    fireEvent.click(screen.getByRole("button", { name: "Remove budi@example.com" }));
    expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
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
