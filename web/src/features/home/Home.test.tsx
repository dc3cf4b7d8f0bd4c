import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPaging, type Page } from "@/api/paging";
import type { OwnRoom } from "@/api/rooms";
import { fakeServer } from "@/api/server.fake";
import { Home } from "@/features/home/Home";
import { chooseLocale } from "@/i18n/locale";

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("Home", () => {
  it("shows nothing that would be pushed down by what comes above it", async () => {
    fakeServer({});
    let answer: (page: Page<OwnRoom>) => void = () => undefined;
    const list = createPaging<OwnRoom>(() => new Promise((resolve) => (answer = resolve)));
    const parts = { start: () => null, join: null, hasTriedDevices: false };
    render(<Home name="Sari" list={list} contacts={<p>Contacts</p>} {...parts} />);
    const isSeen = () => screen.getByText("Contacts").closest("[hidden]") === null;
    await screen.findByRole("alert", { hidden: true });
    expect(isSeen()).toBe(false);

    answer({ items: [] });

    await waitFor(() => expect(isSeen()).toBe(true));
    expect(screen.queryByRole("status")).toBeNull();
  });
});
