import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { JoinPage } from "@/features/join/JoinPage";
import { chooseLocale } from "@/i18n/locale";

function visit(status: number, body: unknown) {
  const answer = () => Promise.resolve(new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", status === 0 ? () => Promise.reject(new TypeError("down")) : answer);
  const onEnded = vi.fn();
  const offer = <button type="button">offer</button>;
  render(<JoinPage code="abc-defg-hij" offer={offer} onAdmitted={vi.fn()} onEnded={onEnded} />);
  return onEnded;
}

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("JoinPage", () => {
  it("says that a code does not exist and offers a meeting", async () => {
    visit(404, { code: "room_not_found", detail: "", request_id: "r" });
    expect(await screen.findByText("This code does not exist yet")).toBeDefined();
    expect(screen.getByText("abc-defg-hij")).toBeDefined();
    expect(screen.getByRole("button", { name: "offer" })).toBeDefined();
    await vi.waitFor(() => expect(document.title).toBe("This code does not exist yet · Jumpa"));
  });

  it("hands on that the room is over", async () => {
    const room = {
      code: "abc-defg-hij",
      title: "Rapat",
      created_at: "",
      ended: true,
      has_password: false,
      participants: [],
    };
    const onEnded = visit(200, { ...room, participant_count: 0 });
    await vi.waitFor(() => expect(onEnded).toHaveBeenCalledWith("Rapat"));
  });

  it("says that the server is silent, and that it tries again", async () => {
    visit(0, undefined);
    expect(await screen.findByText("Not connected to the server yet")).toBeDefined();
    expect(screen.getByText(/We try again every 10 seconds/)).toBeDefined();
    expect(screen.getByRole("button", { name: "Try again" })).toBeDefined();
  });

  it("names the request when the server itself failed", async () => {
    visit(500, { code: "internal", detail: "", request_id: "req-7" });
    expect(await screen.findByText(/Noted as req-7/)).toBeDefined();
  });
});
