import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Meeting } from "@/api/meetings";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { EditForm } from "@/features/schedule/EditForm";
import { MEETING, THIRD } from "@/features/schedule/planned.fake";
import { chooseLocale } from "@/i18n/locale";

const TIME = "/meetings/1/occurrences/2026-12-15T09%3A00%3A00";

function edit(answers: Parameters<typeof fakeServer>[0], meeting: Meeting = MEETING) {
  const asked = fakeServer({ "POST /meetings/conflicts": () => json({ items: [] }), ...answers });
  const onSaved = vi.fn();
  const opened = { meeting, tag: '"3"' };
  render(
    <EditForm opened={opened} planned={THIRD} onSaved={onSaved} onDiscard={() => undefined} />,
  );
  return { onSaved, changes: () => asked.filter(({ method }) => method === "PATCH") };
}

const field = (label: string) => screen.getByLabelText(label) as HTMLInputElement;
const type = (label: string, value: string) => fireEvent.input(field(label), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: "Save the change" }));

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("changing a meeting", () => {
  it("changes one time alone unless more is asked for", async () => {
    const { onSaved, changes } = edit({ [`PATCH ${TIME}`]: () => json(MEETING) });
    expect(field("Title").value).toBe("Tea with guests");
    type("Begins", "11:00");
    type("Ends", "12:00");
    save();
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(changes()[0]?.body).toEqual({
      scope: "this",
      start: "2026-12-15T11:00",
      end: "2026-12-15T12:00",
    });
  });

  it("shows the first time for all of them, and keeps words that were typed", async () => {
    const { onSaved, changes } = edit({ "PATCH /meetings/1": () => json(MEETING) });
    type("Title", "Chai");
    fireEvent.click(screen.getByRole("radio", { name: "All times" }));
    expect([field("Title").value, field("Date").value]).toEqual(["Chai", "2026-12-01"]);
    save();
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(changes()[0]?.body).toEqual({ title: "Chai" });
  });

  it("asks nobody when nothing is different", () => {
    const { changes } = edit({});
    save();
    expect(screen.getByText("Nothing is different yet.")).toBeDefined();
    expect(changes()).toEqual([]);
  });

  it("tells what others changed meanwhile, keeps what was typed, and saves on top", async () => {
    let isStale = true;
    const { onSaved, changes } = edit({
      [`PATCH ${TIME}`]: () => {
        const answer = isStale ? refusal(412, "changed_meanwhile") : json(MEETING);
        isStale = false;
        return answer;
      },
      "GET /meetings/1": () => json({ ...MEETING, agenda: "Biscuits" }, 200, { etag: '"4"' }),
    });
    type("Title", "Chai");
    save();
    await screen.findByText(/^Somebody else just changed this meeting: agenda\./);
    expect(field("Title").value).toBe("Chai");
    save();
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(changes().map(({ body }) => body)).toEqual([
      { scope: "this", title: "Chai" },
      { scope: "this", title: "Chai" },
    ]);
  });

  it("offers no other times where there is one", () => {
    edit({}, { ...MEETING, rule: "" });
    expect(screen.queryByRole("radio")).toBeNull();
    expect(screen.getByLabelText("Repeat")).toBeDefined();
  });

  it("says why the server refused, and loses nothing", async () => {
    edit({ [`PATCH ${TIME}`]: () => refusal(409, "occurrence_taken") });
    type("Date", "2026-12-22");
    save();
    await screen.findByText("The meeting takes place at that time already.");
    expect(field("Date").value).toBe("2026-12-22");
  });
});
