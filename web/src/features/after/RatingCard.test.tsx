import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetSession } from "@/api/account-session";
import { openRating } from "@/api/rating";
import { openRoomAccess } from "@/api/room-access";
import { fakeServer, json, refusal } from "@/api/server.fake";
import { RatingCard } from "@/features/after/RatingCard";
import { chooseLocale } from "@/i18n/locale";

const PATH = "PUT /rooms/abc-defg-hij/rating";
const taken = () => new Response(null, { status: 204 });
const thumb = (name: string) => screen.getByRole("button", { name });
const isPressed = (name: string) => thumb(name).getAttribute("aria-pressed");

function ask(answer: () => Response) {
  const asked = fakeServer({ [PATH]: answer });
  render(<RatingCard send={openRating(openRoomAccess("abc-defg-hij", "seat"))} />);
  return asked;
}

function write(words: string): void {
  fireEvent.input(screen.getByLabelText("Comment (optional)"), { target: { value: words } });
  fireEvent.click(thumb("Send"));
}

beforeEach(() => {
  forgetSession();
  chooseLocale("en");
});
afterEach(cleanup);

describe("RatingCard", () => {
  it("thanks who was content, and offers a comment without asking for one", async () => {
    const asked = ask(taken);
    expect([isPressed("Good"), isPressed("Not so good")]).toEqual(["false", "false"]);
    fireEvent.click(thumb("Good"));
    await screen.findByText("Thank you.");
    expect([isPressed("Good"), isPressed("Not so good")]).toEqual(["true", "false"]);
    expect(asked).toMatchObject([{ bearer: "Bearer seat", body: { is_good: true, comment: "" } }]);
    expect(screen.queryByRole("textbox")).toBeNull();
    fireEvent.click(thumb("Write a comment"));
    expect(document.activeElement).toBe(screen.getByLabelText("Comment (optional)"));
  });

  it("asks who was not what was wrong, says who reads it, and sends it", async () => {
    const asked = ask(taken);
    fireEvent.click(thumb("Not so good"));
    const field = screen.getByLabelText("Comment (optional)");
    const note = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toContain("without your name");
    await screen.findByText("Thank you.");
    write("  The sound broke up ");
    await screen.findByText("Thank you, your comment was sent.");
    expect(asked[1]?.body).toEqual({ is_good: false, comment: "The sound broke up" });
  });

  it("takes a press back that the server did not take, and says so", async () => {
    ask(() => refusal(500, "internal"));
    fireEvent.click(thumb("Good"));
    expect(isPressed("Good")).toBe("true");
    expect((await screen.findByRole("alert")).textContent).toContain("Noted as r1");
    expect(isPressed("Good")).toBe("false");
    expect(screen.getByRole("status").textContent).toBe("");
  });

  it("keeps what was written when it did not arrive", async () => {
    let isDown = false;
    const asked = ask(() => (isDown ? refusal(429, "too_many_requests") : taken()));
    fireEvent.click(thumb("Not so good"));
    await screen.findByText("Thank you.");
    isDown = true;
    write("The picture froze");
    await screen.findByRole("alert");
    expect(screen.getByDisplayValue("The picture froze")).toBeTruthy();
    expect(isPressed("Not so good")).toBe("true");
    isDown = false;
    fireEvent.click(thumb("Send"));
    await screen.findByText("Thank you, your comment was sent.");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(asked).toHaveLength(3);
  });

  it.each([
    [() => refusal(403, "never_inside"), "This meeting can no longer be rated."],
    [
      () => json({ code: "request_malformed", fields: ["body.comment"] }, 422),
      "This comment cannot be used. Try plain letters.",
    ],
  ])("says in words of its own why not", async (answer, words) => {
    ask(answer);
    fireEvent.click(thumb("Good"));
    expect((await screen.findByRole("alert")).textContent).toBe(words);
  });

  it("speaks Indonesian", () => {
    chooseLocale("id");
    ask(taken);
    expect(screen.getByRole("heading").textContent).toBe("Suara dan gambarnya bagus?");
    fireEvent.click(thumb("Kurang bagus"));
    expect(screen.getByText("Dibaca administrator server ini, tanpa nama Anda.")).toBeTruthy();
  });
});
