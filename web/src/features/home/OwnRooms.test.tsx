import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import { createPaging, type Page } from "@/api/paging";
import type { OwnRoom } from "@/api/rooms";
import { OwnRooms } from "@/features/home/OwnRooms";
import { chooseLocale } from "@/i18n/locale";

function room(code: string, given: Partial<OwnRoom> = {}): OwnRoom {
  return {
    code,
    title: `Rapat ${code}`,
    description: null,
    created_at: "2026-11-21T09:00:00Z",
    scheduled_at: null,
    ended_at: null,
    max_users: 20,
    has_password: false,
    is_host: true,
    ...given,
  };
}

async function rooms(...pages: (Page<OwnRoom> | ApiError)[]) {
  const list = vi.fn(async (_cursor?: string) => {
    const next = pages.shift();
    if (next === undefined || next instanceof ApiError) {
      throw next ?? new Error("asked too often");
    }
    return next;
  });
  const state = createPaging(list);
  await state.pages.load();
  render(<OwnRooms list={state} />);
  return list;
}

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("OwnRooms", () => {
  it("leads into open rooms, and not into those that are over", async () => {
    const over = room("over", { ended_at: "2026-11-21T10:00:00Z", is_host: false });
    await rooms({ items: [room("open"), over] });
    const links = screen.getAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "/rooms/open",
      "/open",
      "/rooms/over",
    ]);
    expect(screen.getByText("Over")).toBeTruthy();
    expect(screen.getByText(/You were in it/)).toBeTruthy();
  });

  it("names a room that has no name", async () => {
    await rooms({ items: [room("a", { title: "" })] });
    expect(screen.getByText("Meeting without a name")).toBeTruthy();
  });

  it("is left out where there are no rooms", async () => {
    await rooms({ items: [] });
    expect(screen.queryByRole("region")).toBeNull();
  });

  it("shows more by the cursor, until there is none", async () => {
    const list = await rooms({ items: [room("a")], next_cursor: "c" }, { items: [room("b")] });
    fireEvent.click(screen.getByRole("button", { name: "Show more" }));
    await screen.findByText("Rapat b");
    expect(screen.getByText("Rapat a")).toBeTruthy();
    expect(list).toHaveBeenLastCalledWith("c");
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  });

  it("says why it cannot be had, and tries again", async () => {
    await rooms(new ApiError("unreachable", 0, ""), { items: [room("a")] });
    expect(screen.getByRole("alert").textContent).toContain("not answering");
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText("Rapat a");
  });
});
