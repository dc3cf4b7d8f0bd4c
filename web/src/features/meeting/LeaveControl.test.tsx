import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locale } from "@/i18n/locale";
import { LeaveControl } from "./LeaveControl";

describe("LeaveControl", () => {
  let calls: string[];

  beforeEach(() => {
    locale.value = "en";
    calls = [];
  });

  afterEach(cleanup);

  const leave = () => calls.push("leave");
  const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

  it("lets a guest leave at once", () => {
    render(<LeaveControl onLeave={leave} others={3} />);
    press("Leave");
    expect(calls).toEqual(["leave"]);
  });

  it("asks the host, who may go back, leave alone or end for everyone", async () => {
    const end = async () => {
      calls.push("end");
    };
    render(<LeaveControl onLeave={leave} onEnd={end} others={1} />);
    press("Leave");
    expect(calls).toEqual([]);
    const dialog = await screen.findByRole("dialog", { name: "End for everyone?" });
    expect(within(dialog).getByText("1 person is still inside.")).toBeTruthy();
    press("Back");
    expect(screen.queryByRole("dialog")).toBeNull();
    press("Leave");
    press("Only me");
    expect(calls).toEqual(["leave"]);
    press("End");
    expect(calls).toEqual(["leave", "end"]);
  });

  it("says when the meeting could not be ended, and lets the host try again", async () => {
    render(
      <LeaveControl
        onLeave={leave}
        onEnd={() => Promise.reject(new Error("refused"))}
        others={1}
      />,
    );
    press("Leave");
    press("End");
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByRole("alert")).toBeTruthy();
    expect(within(dialog).getByRole("button", { name: "End" })).toHaveProperty("disabled", false);
  });
});
