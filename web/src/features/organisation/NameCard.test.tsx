import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeServer, json } from "@/api/server.fake";
import { NameCard } from "@/features/organisation/NameCard";
import { chooseLocale } from "@/i18n/locale";

const ORGANISATION = { name: "Rukun Warga 05", people: 3, administrators: 1 };

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

const card = (news: string) => (
  <NameCard news={news} onRefused={() => undefined}>
    <span />
  </NameCard>
);

describe("NameCard", () => {
  it("says that the name is saved until there is other news", async () => {
    fakeServer({
      "GET /organisation": () => json(ORGANISATION),
      "PUT /organisation": () => json(ORGANISATION),
    });
    const { rerender } = render(card(""));
    fireEvent.click(await screen.findByRole("button", { name: "Rename" }));
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    const status = await screen.findByText("The name of the organisation is saved");
    rerender(card("An invitation was sent"));
    await waitFor(() => expect(status.textContent).toBe(""));
  });

  it("takes the focus to the field, and back to the button", async () => {
    fakeServer({ "GET /organisation": () => json(ORGANISATION) });
    render(card(""));
    fireEvent.click(await screen.findByRole("button", { name: "Rename" }));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByLabelText("Name of the organisation")),
    );
    fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("button", { name: "Rename" })),
    );
  });
});
