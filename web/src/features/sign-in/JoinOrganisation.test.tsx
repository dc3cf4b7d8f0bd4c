import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { JoinOrganisation } from "@/features/sign-in/JoinOrganisation";
import { chooseLocale } from "@/i18n/locale";

const SEEN = { email: "budi@example.com", organisation: "Rukun Warga 05" };
const LOOK = "POST /auth/invitation/look";
const ACCEPT = "POST /auth/invitation/accept";

function open(table: Parameters<typeof fakeServer>[0], token = "#a-token") {
  history.replaceState(undefined, "", `/join-organisation${token}`);
  const asked = fakeServer(table);
  render(
    <LocationProvider>
      <JoinOrganisation />
    </LocationProvider>,
  );
  return asked;
}

function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
}

beforeEach(() => chooseLocale("en"));
afterEach(cleanup);

describe("the page of an invitation", () => {
  it("makes the account and signs in with it", async () => {
    const asked = open({
      [LOOK]: () => json(SEEN),
      [ACCEPT]: () => new Response(null, { status: 204 }),
    });
    await screen.findByRole("heading", { name: "Join Rukun Warga 05" });
    fireEvent.click(screen.getByRole("button", { name: "Create the account and sign in" }));
    expect(screen.getAllByText("This is still empty.")).toHaveLength(3);
    type("First name", "Budi");
    type("Last name", "Hartono");
    type("Password", "seven warm lanterns");
    fireEvent.click(screen.getByRole("button", { name: "Create the account and sign in" }));
    await waitFor(() => expect(asked.at(-1)?.path).toBe("/api/v1/auth/login"));
    expect(asked.find(({ path }) => path.endsWith("/accept"))?.body).toEqual({
      token: "a-token",
      first_name: "Budi",
      last_name: "Hartono",
      password: "seven warm lanterns",
    });
    expect(location.hash).toBe("");
  });

  it("says whom to ask when the link works no longer", async () => {
    open({ [LOOK]: () => refusal(410, "link_spent") });
    await screen.findByText(/Ask whoever invited you/);
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  });

  it("can be tried again while the server is away", async () => {
    open({});
    await screen.findByRole("button", { name: "Try again" });
  });

  it("refuses an address without a token", async () => {
    open({}, "");
    await screen.findByText(/incomplete/);
  });

  it("only signs in when the account was made before the network broke", async () => {
    const table = {
      [LOOK]: () => json(SEEN),
      [ACCEPT]: () => new Response(null, { status: 204 }),
    };
    const asked = open(table);
    await screen.findByRole("heading", { name: "Join Rukun Warga 05" });
    type("First name", "Budi");
    type("Last name", "Hartono");
    type("Password", "seven warm lanterns");
    const button = "Create the account and sign in";
    fireEvent.click(screen.getByRole("button", { name: button }));
    fireEvent.click(await screen.findByRole("button", { name: button }));
    const logins = () => asked.filter(({ path }) => path.endsWith("/login"));
    await waitFor(() => expect(logins().length).toBeGreaterThan(1));
    expect(asked.filter(({ path }) => path.endsWith("/accept"))).toHaveLength(1);
  });

  it("keeps what was typed when the password is weak", async () => {
    open({ [LOOK]: () => json(SEEN), [ACCEPT]: () => refusal(400, "password_weak") });
    await screen.findByRole("heading", { name: "Join Rukun Warga 05" });
    type("First name", "Budi");
    type("Last name", "Hartono");
    type("Password", "budi1234");
    fireEvent.click(screen.getByRole("button", { name: "Create the account and sign in" }));
    await screen.findByText(/easy to guess/);
    expect((screen.getByLabelText("First name") as HTMLInputElement).value).toBe("Budi");
  });
});
