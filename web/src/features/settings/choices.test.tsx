import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { LanguageCard } from "@/features/settings/LanguageCard";
import { PresenceCard } from "@/features/settings/PresenceCard";
import { ThemeCard } from "@/features/settings/ThemeCard";
import { chooseLocale } from "@/i18n/locale";
import { themeChoice } from "@/lib/theme";

const CHOSEN = {
  language: "en",
  show_presence: true,
  theme: "system",
  time_zone: "Asia/Makassar",
  camera_on_join: true,
  microphone_on_join: true,
  email_notifications: false,
};

beforeEach(() => chooseLocale("en"));
afterEach(() => {
  cleanup();
  chooseLocale("en");
});

describe("PresenceCard", () => {
  it("hides that one is here, and leaves the rest as it was", async () => {
    const asked = fakeServer({
      "GET /users/settings": () => json(CHOSEN),
      "PUT /users/settings": ({ body }) => json(body),
    });
    render(<PresenceCard />);
    const presence = await screen.findByRole<HTMLInputElement>("switch");
    expect(presence.checked).toBe(true);
    fireEvent.click(presence);
    await waitFor(() => expect(asked.at(-1)?.body).toEqual({ ...CHOSEN, show_presence: false }));
    await waitFor(() => expect(presence.checked).toBe(false));
  });

  it("goes back and says why when it is refused", async () => {
    fakeServer({
      "GET /users/settings": () => json(CHOSEN),
      "PUT /users/settings": () => refusal(429, "too_many_requests"),
    });
    render(<PresenceCard />);
    const presence = await screen.findByRole<HTMLInputElement>("switch");
    fireEvent.click(presence);
    await screen.findByRole("alert");
    await waitFor(() => expect(presence.checked).toBe(true));
  });

  it("offers to load again what could not be read", async () => {
    fakeServer({});
    render(<PresenceCard />);
    fakeServer({ "GET /users/settings": () => json(CHOSEN) });
    fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await screen.findByRole("switch");
  });
});

describe("ThemeCard", () => {
  afterEach(() => themeChoice.choose("system"));

  it("changes the look at once, and notes it with the account", async () => {
    const asked = fakeServer({
      "GET /users/settings": () => json(CHOSEN),
      "PUT /users/settings": ({ body }) => json(body),
    });
    render(<ThemeCard />);
    fireEvent.click(screen.getByRole("button", { name: "Dark" }));
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    await waitFor(() => expect(asked.at(-1)?.body).toEqual({ ...CHOSEN, theme: "dark" }));
  });

  it("notes the last of several quick choices", async () => {
    const asked = fakeServer({
      "GET /users/settings": () => json(CHOSEN),
      "PUT /users/settings": ({ body }) => json(body),
    });
    render(<ThemeCard />);
    fireEvent.click(screen.getByRole("button", { name: "Dark" }));
    await waitFor(() => expect(asked).not.toHaveLength(0));
    fireEvent.click(screen.getByRole("button", { name: "Light" }));
    await waitFor(() => expect(asked.at(-1)?.body).toEqual({ ...CHOSEN, theme: "light" }));
  });

  it("keeps the look in this browser when the account cannot be reached, and says so", async () => {
    fakeServer({});
    render(<ThemeCard />);
    fireEvent.click(screen.getByRole("button", { name: "Dark" }));
    await screen.findByRole("alert");
    expect(document.documentElement.dataset["theme"]).toBe("dark");
  });
});

describe("LanguageCard", () => {
  it("keeps the language with the account, once", async () => {
    const asked = fakeServer({
      "GET /users/settings": () => json(CHOSEN),
      "PUT /users/settings": ({ body }) => json(body),
    });
    render(<LanguageCard />);
    fireEvent.click(screen.getByRole("button", { name: "ID, Bahasa Indonesia" }));
    await waitFor(() => expect(asked.at(-1)?.body).toEqual({ ...CHOSEN, language: "id" }));
    expect(asked).toHaveLength(2);
  });
});
