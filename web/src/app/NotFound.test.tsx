import { cleanup, render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NotFound } from "@/app/NotFound";
import { chooseLocale } from "@/i18n/locale";

function links(path: string): (string | null)[] {
  render(
    <LocationProvider>
      <NotFound path={path} />
    </LocationProvider>,
  );
  const within = screen.getByRole("main");
  return [...within.querySelectorAll("a")].map((link) => link.getAttribute("href"));
}

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("NotFound", () => {
  it("leads to a meeting whose code stands in the address", () => {
    expect(links("meet/abc-defg-hij")).toEqual(["/abc-defg-hij", "/"]);
    expect(screen.getByText("Open the meeting abc-defg-hij")).toBeTruthy();
  });

  it("leads to the page that was mistyped", () => {
    expect(links("shedule")).toEqual(["/schedule", "/"]);
  });

  it("leads home, and asks for a code, where nothing is alike", () => {
    expect(links("zz/y")).toEqual(["/"]);
    expect(screen.getByLabelText("Meeting code or link")).toBeTruthy();
  });

  it("shows nothing of an address as a page", () => {
    links("<img src=x onerror=alert(1)>");
    expect(document.querySelector("main img")).toBeNull();
  });
});
