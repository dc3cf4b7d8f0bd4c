import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetSession } from "@/api/account-session";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { ProviderCard } from "@/features/settings/ProviderCard";
import { chooseLocale } from "@/i18n/locale";

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const done = () => new Response(null, { status: 204 });

beforeEach(() => {
  chooseLocale("en");
  forgetSession();
});
afterEach(cleanup);

describe("ProviderCard", () => {
  const show = (isConnected: boolean) => {
    const told = { changed: 0, left: [] as string[] };
    render(
      <ProviderCard
        name="Example Ltd"
        isConnected={isConnected}
        onChanged={() => {
          told.changed += 1;
        }}
        leave={(url) => told.left.push(url)}
      />,
    );
    return told;
  };

  it("leaves for the provider with the password, and comes back here", async () => {
    const asked = fakeServer({
      "POST /auth/oidc/connect": () => json({ url: "https://idp.example/authorize" }),
    });
    const told = show(false);
    press("Connect");
    expect(asked).toEqual([]);
    type("Your password", "right");
    press("Connect");
    await waitFor(() => expect(told.left).toEqual(["https://idp.example/authorize"]));
    expect(asked[0]?.body).toEqual({ password: "right", return_to: "/security" });
  });

  it("puts a wrong password below its field", async () => {
    fakeServer({ "POST /auth/oidc/connect": () => refusal(403, "password_wrong") });
    const told = show(false);
    type("Your password", "wrong");
    press("Connect");
    const field = screen.getByLabelText("Your password");
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
    expect(told.left).toEqual([]);
  });

  it("disconnects", async () => {
    fakeServer({ "POST /auth/oidc/disconnect": done });
    const told = show(true);
    type("Your password", "right");
    press("Disconnect");
    await waitFor(() => expect(told.changed).toBe(1));
  });

  it("says once why the way back failed", () => {
    history.replaceState(null, "", "/security?failure=oidc_connected");
    show(false);
    screen.getByText("This account, or this person at the provider, is connected already.");
    expect(location.search).toBe("");
  });
});
