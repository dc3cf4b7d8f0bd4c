import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import type { FunctionComponent } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lazily } from "@/app/lazily";
import { chooseLocale } from "@/i18n/locale";

const Greeting: FunctionComponent<{ name: string }> = ({ name }) => <p>Hello {name}</p>;

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("lazily", () => {
  it("shows the part once it is loaded, and at once from then on", async () => {
    const load = vi.fn(async () => Greeting);
    const Lazy = lazily(load);
    render(<Lazy name="Ayu" />);
    expect(screen.queryByText("Hello Ayu")).toBeNull();
    await screen.findByText("Hello Ayu");
    cleanup();
    render(<Lazy name="Siti" />);
    expect(screen.getByText("Hello Siti")).toBeTruthy();
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("says so when the part cannot be loaded, and loads it on request", async () => {
    const load = vi
      .fn(async () => Greeting)
      .mockRejectedValueOnce(new Error("the network is gone"));
    const Lazy = lazily(load);
    render(<Lazy name="Ayu" />);
    fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await screen.findByText("Hello Ayu");
  });
});
