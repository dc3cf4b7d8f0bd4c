import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locale } from "@/i18n/locale";
import type { ParticipantView } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import { PeoplePanel } from "./PeoplePanel";

const person = (name: string, more: Partial<ParticipantView> = {}) =>
  fakeParticipant(`id-${name}`, { name, ...more });

const everyone = () =>
  signal([
    person("Ratna", { isSelf: true, role: "host" }),
    person("Bagas", { isMicrophoneOn: true }),
  ]);

describe("PeoplePanel", () => {
  beforeEach(() => {
    locale.value = "en";
    // The simulated browser has no popover.
    HTMLElement.prototype.hidePopover ??= () => undefined;
  });

  afterEach(cleanup);

  const rowOf = (name: string) => screen.getByText(name).closest("li") as HTMLElement;

  it("says roles and who can be heard", () => {
    render(<PeoplePanel participants={everyone()} onInvite={async () => true} />);
    expect(within(rowOf("Ratna")).getByText("Host")).toBeTruthy();
    expect(within(rowOf("Bagas")).getByLabelText("microphone on")).toBeTruthy();
    expect(within(rowOf("Ratna")).getByLabelText("microphone off")).toBeTruthy();
  });

  it("gives guests no way to remove anyone", () => {
    render(<PeoplePanel participants={everyone()} onInvite={async () => true} />);
    expect(screen.queryByRole("button", { name: /Menu for/ })).toBeNull();
  });

  it("lets the host remove others, not oneself, after a question", async () => {
    const removed: string[] = [];
    const participants = everyone();
    render(
      <PeoplePanel
        participants={participants}
        onInvite={async () => true}
        onRemove={async (identity) => {
          removed.push(identity);
        }}
      />,
    );
    expect(within(rowOf("Ratna")).queryByRole("button")).toBeNull();
    fireEvent.click(screen.getByRole("menuitem", { name: "Remove", hidden: true }));
    const dialog = await screen.findByRole("dialog");
    expect(removed).toEqual([]);
    fireEvent.click(within(dialog).getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(removed).toEqual(["id-Bagas"]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("says when the server did not remove someone", async () => {
    render(
      <PeoplePanel
        participants={everyone()}
        onInvite={async () => true}
        onRemove={() => Promise.reject(new Error("refused"))}
      />,
    );
    fireEvent.click(screen.getByRole("menuitem", { name: "Remove", hidden: true }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "Remove" }));
    expect(await within(dialog).findByRole("alert")).toBeTruthy();
  });

  it("closes the question when the person left meanwhile", async () => {
    const participants = everyone();
    render(
      <PeoplePanel
        participants={participants}
        onInvite={async () => true}
        onRemove={async () => undefined}
      />,
    );
    fireEvent.click(screen.getByRole("menuitem", { name: "Remove", hidden: true }));
    await screen.findByRole("dialog");
    participants.value = participants.value.filter((other) => other.isSelf);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("says that the link was copied only when it was", async () => {
    const answers = [false, true];
    render(
      <PeoplePanel participants={everyone()} onInvite={async () => answers.shift() ?? true} />,
    );
    fireEvent.click(screen.getByRole("button", { name: "Copy link" }));
    await waitFor(() => expect(answers).toEqual([true]));
    expect(screen.queryByText("Link copied")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Copy link" }));
    expect(await screen.findByText("Link copied")).toBeTruthy();
  });
});
