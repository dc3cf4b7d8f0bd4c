import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginSession, forgetSession } from "@/api/account-session";
import type { Phone } from "@/api/notifications";
import { createPush, type PushPorts } from "@/api/push";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { NotificationCards } from "@/features/settings/NotificationCards";
import { chooseLocale } from "@/i18n/locale";

const TOKENS = {
  access_token: "a",
  token_type: "Bearer",
  expires_in_s: 900,
  refresh_token: null,
  refresh_expires_in_s: 604800,
} as const;
const CHOICES = { kinds: {}, quiet_hours: null, digest: "off", digest_at: "08:00" };
const SETTINGS = {
  camera_on_join: true,
  email_notifications: true,
  language: "en",
  microphone_on_join: true,
  show_presence: true,
  theme: "system",
  time_zone: "Asia/Jakarta",
};
const NO_PHONE: Phone = { is_available: true, ending: null, is_proven: false, last: null };
const NAMED: Phone = { ...NO_PHONE, ending: "7890" };
const PROVEN: Phone = { ...NAMED, is_proven: true };

const nobody: PushPorts = {
  manager: async () => undefined,
  permission: () => "default",
  askPermission: async () => "default",
  isToInstall: () => true,
  list: () => Promise.reject(new Error("not asked")),
  add: () => Promise.reject(new Error("not asked")),
  remove: () => Promise.reject(new Error("not asked")),
};

type Table = Parameters<typeof fakeServer>[0];

function serve(phone: Phone, more: Table = {}) {
  return fakeServer({
    "GET /notifications/choices": () => json(CHOICES, 200, { etag: '"0"' }),
    "PUT /notifications/choices": ({ body }) => json(body, 200, { etag: '"1"' }),
    "GET /users/settings": () => json(SETTINGS),
    "GET /notifications/push": () => json({ public_key: "k", items: [] }),
    "GET /notifications/phone": () => json(phone),
    ...more,
  });
}

function open(phone: Phone, more: Table = {}) {
  const asked = serve(phone, more);
  render(<NotificationCards push={createPush(nobody)} />);
  return asked;
}

function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

beforeEach(async () => {
  chooseLocale("en");
  forgetSession();
  fakeServer({ "GET /users/profile": () => json({ id: "1" }) });
  await beginSession(TOKENS);
});
afterEach(cleanup);

describe("NotificationCards", () => {
  it("keeps a box that was changed, and puts it back when that is refused", async () => {
    const answers = [refusal(500, "internal_error"), json({}, 200, { etag: '"1"' })];
    const asked = open(NO_PHONE, {
      "PUT /notifications/choices": () => answers.shift() ?? json({}),
    });
    const name = "Answers to your invitations: E-mail";
    const box = await screen.findByRole<HTMLInputElement>("checkbox", { name });
    fireEvent.click(box);
    await screen.findByText(/Something went wrong/);
    await waitFor(() => expect(box.checked).toBe(true));
    fireEvent.click(box);
    await waitFor(() => expect(screen.queryByText(/Something went wrong/)).toBeNull());
    expect(asked.at(-1)?.body).toMatchObject({ kinds: { meeting_answered: { mail: false } } });
    expect(box.checked).toBe(false);
  });

  it("offers no box for letters that come in any case", async () => {
    open(NO_PHONE);
    expect(await screen.findAllByText("Always")).toHaveLength(3);
    expect(screen.queryByRole("checkbox", { name: "Invitations to meetings: E-mail" })).toBeNull();
  });

  it("says how push messages become possible", async () => {
    open(NO_PHONE);
    await screen.findByText(/add Jumpa to the Home Screen first/);
  });

  it("says why it cannot be had, and tries again", async () => {
    fakeServer({});
    render(<NotificationCards push={createPush(nobody)} />);
    const again = await screen.findByRole("button", { name: "Try again" });
    serve(NO_PHONE);
    fireEvent.click(again);
    await screen.findByText("Quiet hours");
  });
});

describe("PhoneCard", () => {
  it("is left out where no messages to telephones leave", async () => {
    open({ ...NO_PHONE, is_available: false });
    await screen.findByText("Quiet hours");
    expect(screen.queryByText("Telephone")).toBeNull();
  });

  it("leads from a number by its code to a column of its own", async () => {
    const answers = [refusal(400, "phone_code_wrong"), json(PROVEN)];
    open(NO_PHONE, {
      "PUT /notifications/phone": () => json(NAMED),
      "POST /notifications/phone/proof": () => answers.shift() ?? refusal(500, "internal_error"),
      "DELETE /notifications/phone": () => new Response(null, { status: 204 }),
    });
    await screen.findByLabelText("Telephone number");
    type("Telephone number", "+62 812 3456 7890");
    press("Send a code");
    await screen.findByText(/ends in 7890/);
    type("6-digit code", "000000");
    press("Confirm");
    await screen.findByText("This is not the code that was sent.");
    press("Confirm");
    await screen.findByRole("columnheader", { name: "Telephone" });
    press("Remove the number");
    await screen.findByLabelText("Telephone number");
    expect(screen.queryByRole("columnheader", { name: "Telephone" })).toBeNull();
  });
});
