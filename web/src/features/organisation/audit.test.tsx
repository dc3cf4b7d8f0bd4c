import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { AuditLog } from "@/features/organisation/AuditLog";
import { entry } from "@/features/organisation/organisation.fake";
import { chooseLocale } from "@/i18n/locale";

const onRefused = vi.fn();

function open(table: Parameters<typeof fakeServer>[0]) {
  const asked = fakeServer(table);
  render(
    <LocationProvider>
      <AuditLog onRefused={onRefused} />
    </LocationProvider>,
  );
  return asked;
}

beforeEach(() => {
  chooseLocale("en");
  onRefused.mockClear();
});
afterEach(cleanup);

describe("the audit log", () => {
  it("says in words what was done, by whom and to whom", async () => {
    const nobody = { actor: null, subject: null, address: "" };
    const odd = { ...nobody, action: "thing.done", facts: { role: "member" } };
    open({ "GET /organisation/audit": () => json({ items: [entry(2), entry(1, odd)] }) });
    await screen.findByText("Account closed");
    expect(screen.getByRole("link", { name: "Budi Hartono" }).getAttribute("href")).toBe(
      "/organisation/audit?person=2",
    );
    expect(screen.getByText("thing.done")).toBeDefined();
    expect(screen.getByText("Server")).toBeDefined();
    expect(screen.getByText("role: member")).toBeDefined();
  });

  it("asks for whole days of the kind that was chosen", async () => {
    const asked = open({ "GET /organisation/audit": () => json({ items: [] }) });
    await screen.findByText("No entries");
    fireEvent.change(screen.getByLabelText("What"), { target: { value: "user" } });
    fireEvent.input(screen.getByLabelText("To"), { target: { value: "2026-11-21" } });
    fireEvent.click(screen.getByRole("button", { name: "Show" }));
    await screen.findByRole("button", { name: "Try again" });
    const query = new URLSearchParams(asked.at(-1)?.path.split("?")[1]);
    expect(query.get("action")).toBe("user");
    expect(query.get("until")).toBe(new Date("2026-11-22T00:00").toISOString());
  });

  it("tells the page when whoever looks is an administrator no longer", async () => {
    open({ "GET /organisation/audit": () => refusal(403, "administrator_needed") });
    await screen.findByText("Only administrators may do this.");
    expect(onRefused).toHaveBeenCalled();
  });
});
