import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetSession } from "@/api/account-session";
import type { Export } from "@/api/exports";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { DataCard } from "@/features/settings/DataCard";
import { chooseLocale } from "@/i18n/locale";

const NONE = { ready_at: null, expires_at: null, size: null };
const WAITING: Export = { state: "waiting", asked_at: "2026-11-21T09:00:00Z", ...NONE };
const FAILED: Export = { ...WAITING, state: "failed" };
const READY: Export = {
  ...WAITING,
  state: "ready",
  ready_at: "2026-11-21T09:00:04Z",
  expires_at: "2026-11-28T09:00:04Z",
  size: 1_500_000,
};
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const done = () => new Response(null, { status: 204 });

beforeEach(() => {
  chooseLocale("en");
  forgetSession();
});
afterEach(cleanup);

/** The card on a server that answers one state after another; the last one stays. */
function show(...states: (Export | undefined)[]) {
  const saved: string[] = [];
  const next = () => {
    const state = states.length > 1 ? states.shift() : states[0];
    return state ? json(state) : refusal(404, "export_not_found");
  };
  const asked = fakeServer({
    "GET /users/export": next,
    "POST /users/export": () => json(WAITING, 202),
    "DELETE /users/export": done,
    "GET /users/export/content": () => new Response("PK"),
  });
  render(<DataCard save={(_, name) => saved.push(name)} lookMs={1} />);
  return { saved, asked };
}

describe("DataCard", () => {
  it("asks, waits by itself, and offers the file", async () => {
    show(undefined, WAITING, WAITING, READY);
    await screen.findByRole("button", { name: "Ask for my data" });
    press("Ask for my data");
    await screen.findByText(/^Being put together/);
    await screen.findByRole("button", { name: "Download" });
    expect(screen.getByText(/^Ready: 1\.\d MB/)).toBeTruthy();
  });

  it("downloads under the day on which it was asked for", async () => {
    const { saved } = show(READY);
    await screen.findByRole("button", { name: "Download" });
    press("Download");
    await waitFor(() => expect(saved).toEqual(["jumpa-2026-11-21.zip"]));
  });

  it("takes back what is not ready yet", async () => {
    const { asked } = show(WAITING);
    await screen.findByRole("button", { name: "Take back" });
    press("Take back");
    await screen.findByText("Taken back");
    expect(asked.map(({ method }) => method)).toContain("DELETE");
  });

  it("deletes the file", async () => {
    show(READY, undefined);
    await screen.findByRole("button", { name: "Delete the file" });
    press("Delete the file");
    await screen.findByRole("button", { name: "Ask for my data" });
    expect(screen.getByRole("status").textContent).toBe("File deleted");
  });

  it("says that it failed, and lets one ask again", async () => {
    show(FAILED);
    await screen.findByText(/could not be put together/);
    expect(screen.getByRole("button", { name: "Ask for my data" })).toBeTruthy();
  });

  it("offers another try when the server does not answer", async () => {
    fakeServer({});
    render(<DataCard />);
    expect(await screen.findByRole("button", { name: /again/i })).toBeTruthy();
  });
});
