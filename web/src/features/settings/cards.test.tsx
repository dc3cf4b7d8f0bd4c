import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountStanding, beginSession, forgetSession, type Profile } from "@/api/account-session";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { CodesCard } from "@/features/settings/CodesCard";
import { DevicesCard } from "@/features/settings/DevicesCard";
import { NameCard } from "@/features/settings/NameCard";
import { PasswordCard } from "@/features/settings/PasswordCard";
import { chooseLocale } from "@/i18n/locale";

const PROFILE: Profile = {
  id: "1",
  first_name: "Ayu",
  last_name: "Lestari",
  avatar: null,
  email: "ayu@example.com",
  email_verified: true,
  role: "member",
  organisation_id: "2",
  created_at: "2026-11-21T09:00:00Z",
  last_login: null,
};
const TOKENS = {
  access_token: "a",
  token_type: "Bearer",
  expires_in_s: 900,
  refresh_token: null,
  refresh_expires_in_s: 604800,
} as const;
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

function device(id: string, isCurrent: boolean, userAgent = FIREFOX) {
  return {
    id,
    created_at: "2026-11-21T09:00:00Z",
    last_used_at: "2026-11-21T09:30:00Z",
    expires_at: "2026-11-28T09:30:00Z",
    ip_address: "192.0.2.7",
    user_agent: userAgent,
    is_current: isCurrent,
  };
}

const SECURITY = {
  has_password: true,
  has_one_time_codes: false,
  recovery_codes: 0,
  passkeys: 0,
  is_oidc_connected: false,
};

const done = () => new Response(null, { status: 204 });

function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

beforeEach(async () => {
  chooseLocale("en");
  forgetSession();
  fakeServer({ "GET /users/profile": () => json(PROFILE) });
  await beginSession(TOKENS);
});
afterEach(cleanup);

describe("NameCard", () => {
  it("changes the version that was seen, and shows the name everywhere", async () => {
    const asked = fakeServer({
      "PUT /users/profile": ({ body }) =>
        json({ ...PROFILE, ...(body as object) }, 200, { etag: '"8"' }),
    });
    render(<NameCard profile={PROFILE} tag={'"7"'} />);
    type("First name", "Ayu Ratna");
    press("Save");
    await screen.findByText("Saved");
    expect(asked[0]?.body).toEqual({ first_name: "Ayu Ratna", last_name: "Lestari" });
    expect(accountStanding.value).toMatchObject({
      name: "in",
      profile: { first_name: "Ayu Ratna" },
      tag: '"8"',
    });
  });

  it("keeps what was typed when somebody else changed it meanwhile", async () => {
    fakeServer({
      "PUT /users/profile": () => refusal(412, "changed_meanwhile"),
      "GET /users/profile": () =>
        json({ ...PROFILE, last_name: "Wulandari" }, 200, { etag: '"9"' }),
    });
    render(<NameCard profile={PROFILE} tag={'"7"'} />);
    type("First name", "Ayu Ratna");
    press("Save");
    await screen.findByText(/just changed elsewhere/);
    await waitFor(() => expect(accountStanding.value).toMatchObject({ tag: '"9"' }));
    expect(screen.getByLabelText<HTMLInputElement>("First name").value).toBe("Ayu Ratna");
    expect(screen.queryByText("Saved")).toBeNull();
  });

  it("asks nothing without a name", () => {
    const asked = fakeServer({});
    render(<NameCard profile={PROFILE} tag={undefined} />);
    type("Last name", "  ");
    press("Save");
    expect(asked).toEqual([]);
    expect(screen.getByLabelText("Last name").getAttribute("aria-invalid")).toBe("true");
  });
});

describe("PasswordCard", () => {
  it("puts each refusal below its field, and empties both when done", async () => {
    const answers = [refusal(403, "password_wrong"), refusal(400, "password_weak"), done()];
    fakeServer({ "PUT /users/password": () => answers.shift() ?? refusal(500, "internal_error") });
    render(<PasswordCard email="ayu@example.com" />);
    const current = screen.getByLabelText<HTMLInputElement>("Current password");
    const next = screen.getByLabelText<HTMLInputElement>("New password");
    type("Current password", "old");
    type("New password", "new");
    press("Change the password");
    await waitFor(() => expect(current.getAttribute("aria-invalid")).toBe("true"));
    press("Change the password");
    await waitFor(() => expect(next.getAttribute("aria-invalid")).toBe("true"));
    expect(current.getAttribute("aria-invalid")).toBe("false");
    press("Change the password");
    await screen.findByText("Password changed. Your other devices are signed out.");
    expect([current.value, next.value]).toEqual(["", ""]);
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("DevicesCard", () => {
  it("signs out another device, and never this one", async () => {
    let open = [device("here", true), device("there", false, "")];
    fakeServer({
      "GET /auth/sessions": () => json({ items: open }),
      "DELETE /auth/sessions/there": () => {
        open = open.slice(0, 1);
        return done();
      },
    });
    render(<DevicesCard />);
    const row = (await screen.findByText("This device")).closest("li");
    expect(within(row as HTMLElement).queryByRole("button")).toBeNull();
    press("Sign out Another device");
    await screen.findByText("That device is signed out");
    await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(1));
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("shows what is left when a device was gone already", async () => {
    const answers = [[device("here", true), device("there", false)], [device("here", true)]];
    fakeServer({
      "GET /auth/sessions": () => json({ items: answers.shift() }),
      "DELETE /auth/sessions/there": () => refusal(404, "session_not_found"),
    });
    render(<DevicesCard />);
    fireEvent.click(await screen.findByRole("button", { name: "Sign out Firefox on Linux" }));
    await screen.findByText("This device is signed out already.");
    await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(1));
  });

  it("says when the list cannot be had, and tries again", async () => {
    fakeServer({});
    render(<DevicesCard />);
    const again = await screen.findByRole("button", { name: "Try again" });
    fakeServer({ "GET /auth/sessions": () => json({ items: [device("here", true)] }) });
    fireEvent.click(again);
    await screen.findByText("Firefox on Linux");
  });
});

describe("CodesCard", () => {
  it("shows recovery codes once, after a code has confirmed the app", async () => {
    const asked = fakeServer({
      "POST /auth/authenticator": () =>
        json({ secret: "JBSWY3DP", uri: "otpauth://totp/x", picture: "<svg/>" }),
      "POST /auth/authenticator/confirm": ({ body }) =>
        (body as { code: string }).code === "123456"
          ? json({ recovery_codes: ["abcd2efgh3"] })
          : refusal(400, "code_wrong"),
    });
    render(<CodesCard />);
    press("Turn on");
    expect(asked).toEqual([]);
    type("Your password", "right");
    press("Turn on");
    await screen.findByText("JBSWY3DP");
    const drawn = await screen.findByRole("img", { name: "QR code for the authenticator app" });
    expect(drawn.getAttribute("src")).toMatch(/^blob:/);
    type("Code from the app", "000000");
    press("Confirm");
    await screen.findByText("This is not the code that the app shows now.");
    type("Code from the app", " 123456 ");
    press("Confirm");
    await screen.findByText("abcd2efgh3");
    press("I have kept them");
    expect(screen.queryByText("abcd2efgh3")).toBeNull();
    expect(screen.queryByText("JBSWY3DP")).toBeNull();
  });

  it("offers only what changes something, once the server has said what is on", () => {
    fakeServer({});
    render(<CodesCard security={SECURITY} />);
    expect(screen.queryByRole("button", { name: "Turn off one-time codes" })).toBeNull();
    cleanup();
    render(<CodesCard security={{ ...SECURITY, has_one_time_codes: true, recovery_codes: 7 }} />);
    expect(screen.queryByRole("button", { name: "Turn on" })).toBeNull();
    screen.getByText("One-time codes are on. Recovery codes left: 7.");
  });

  it("says so when there is nothing to turn off", async () => {
    fakeServer({
      "POST /auth/authenticator/remove": () => refusal(404, "authenticator_not_found"),
    });
    render(<CodesCard />);
    type("Your password", "right");
    press("Turn off one-time codes");
    await screen.findByText("One-time codes are not on.");
  });
});
