import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountStanding, forgetSession } from "@/api/account-session";
import { type Asked, fakeServer, json, refusal } from "@/api/server.fake";
import { SignIn } from "@/features/sign-in/SignIn";
import { chooseLocale } from "@/i18n/locale";
import { takeDeparture } from "@/lib/way-back";

const PROFILE = { id: "1", first_name: "Ayu", last_name: "Lestari" };

/** A server whose only account has the password `right`, and asks for the code 123456. */
function server({ withCode = false, provider = null as string | null } = {}) {
  const logIn = ({ body }: Asked) => {
    const { password, code } = body as { password: string; code?: string };
    if (password !== "right") {
      return refusal(401, "credentials_wrong");
    }
    if (withCode && code === undefined) {
      return refusal(401, "one_time_code_needed");
    }
    return withCode && code !== "123456"
      ? refusal(401, "one_time_code_wrong")
      : json({ access_token: "a", token_type: "Bearer" });
  };
  const options = { is_registration_open: true, password_characters: 8, oidc_name: provider };
  const asked = fakeServer({
    "POST /auth/login": logIn,
    "GET /users/profile": () => json(PROFILE),
    "GET /auth/options": () => json(options),
  });
  return () => asked.filter(({ path }) => !path.endsWith("/auth/options"));
}

function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
}

const signIn = () => fireEvent.click(screen.getByRole("button", { name: "Sign in" }));

beforeEach(() => {
  chooseLocale("en");
  forgetSession();
});
afterEach(cleanup);

describe("SignIn", () => {
  it("asks nothing while something is missing", () => {
    const asked = server();
    render(<SignIn />);
    type("E-mail", "ayu@example.com");
    signIn();
    expect(asked()).toEqual([]);
    expect(screen.getByRole("alert").textContent).toBe("This is still empty.");
  });

  it("says that a pair is wrong, and lets in with the right one, kept in a cookie", async () => {
    const asked = server();
    render(<SignIn />);
    type("E-mail", " ayu@example.com ");
    type("Password", "wrong");
    signIn();
    await screen.findByText("That e-mail and password do not match.");
    type("Password", "right");
    signIn();
    await waitFor(() => expect(accountStanding.value.name).toBe("in"));
    expect(asked()[1]?.body).toEqual({
      email: "ayu@example.com",
      password: "right",
      refresh_in: "cookie",
    });
  });

  it("asks for a one-time code where the account needs one", async () => {
    server({ withCode: true });
    render(<SignIn />);
    type("E-mail", "ayu@example.com");
    type("Password", "right");
    signIn();
    const title = await screen.findByRole("heading", { name: "One more step" });
    await waitFor(() => expect(document.activeElement).toBe(title));
    expect(screen.queryByRole("alert")).toBeNull();
    type("One-time code", "000000");
    signIn();
    await screen.findByText("That code is wrong or was used already. Wait for the next one.");
    type("One-time code", " 123456 ");
    signIn();
    await waitFor(() => expect(accountStanding.value.name).toBe("in"));
  });

  it("leads back from the code to another account", async () => {
    server({ withCode: true });
    render(<SignIn />);
    type("E-mail", "ayu@example.com");
    type("Password", "right");
    signIn();
    fireEvent.click(await screen.findByRole("button", { name: "Use another account" }));
    expect(screen.getByRole("heading", { name: "Welcome back" })).toBeTruthy();
    expect(accountStanding.value.name).toBe("out");
  });

  it("offers the organisation's provider by its name", async () => {
    server({ provider: "Example Ltd" });
    render(<SignIn />);
    const door = await screen.findByRole("link", { name: "Sign in with Example Ltd" });
    expect(door.getAttribute("href")).toBe("/api/v1/auth/oidc/start?return_to=/login");
    expect(door.getAttribute("target")).toBe("_top");
    expect(takeDeparture()).toBe(false);
    fireEvent.click(door);
    expect(takeDeparture()).toBe(true);
    expect(takeDeparture()).toBe(false);
  });

  it("offers no provider where there is none", async () => {
    const asked = server();
    render(<SignIn />);
    await waitFor(() => expect(asked()).toEqual([]));
    expect(screen.queryByText(/Sign in with/)).toBeNull();
  });

  it("says once why the way back from the provider failed", () => {
    server();
    history.replaceState(null, "", "/login?failure=oidc_email_unproven");
    render(<SignIn />);
    screen.getByText("The provider has not confirmed your e-mail address.");
    expect(location.search).toBe("");
  });

  it.each(["", "constructor", "<b>", "a".repeat(99)])("shows nothing strange for %j", (code) => {
    server();
    history.replaceState(null, "", `/login?failure=${encodeURIComponent(code)}`);
    render(<SignIn />);
    expect(document.body.textContent).not.toContain(code === "" ? "undefined" : `${code}.`);
    expect(document.body.textContent).not.toContain("function");
  });

  it("shows and hides what is typed", () => {
    server();
    render(<SignIn />);
    const field = screen.getByLabelText("Password");
    fireEvent.click(screen.getByRole("button", { name: "Show password" }));
    expect(field.getAttribute("type")).toBe("text");
    fireEvent.click(screen.getByRole("button", { name: "Hide password" }));
    expect(field.getAttribute("type")).toBe("password");
  });
});
