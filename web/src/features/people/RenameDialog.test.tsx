import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { locale } from "@/i18n/locale";
import { RenameDialog } from "./RenameDialog";

describe("RenameDialog", () => {
  let done: string[];
  let refusal: ApiError | undefined;

  const rename = (name: string) => {
    render(
      <RenameDialog
        name="Ratna"
        onRename={async (wanted) => {
          if (refusal !== undefined) {
            throw refusal;
          }
          done.push(wanted);
        }}
        onClose={() => done.push("closed")}
      />,
    );
    const field = screen.getByLabelText("Your name");
    fireEvent.input(field, { target: { value: name } });
    fireEvent.submit(field.closest("form") as HTMLFormElement);
    return field;
  };

  beforeEach(() => {
    locale.value = "en";
    done = [];
    refusal = undefined;
  });

  afterEach(cleanup);

  it("changes the name and closes", async () => {
    rename("  Ratna Dewi ");
    await waitFor(() => expect(done).toEqual(["Ratna Dewi", "closed"]));
  });

  it("asks for a name where there is none", async () => {
    rename("   ");
    await screen.findByText("Enter your name.");
    expect(done).toEqual([]);
  });

  it("says below the field what is wrong with a name, and stays", async () => {
    refusal = new ApiError("request_malformed", 422, "no", { fields: ["name"] });
    const field = rename("a\u202eb");
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
    expect(done).toEqual([]);
  });

  it("says why it was refused", async () => {
    refusal = new ApiError("role_too_low", 403, "no");
    rename("Ratna Dewi");
    await screen.findByText("Your role in this room does not allow that.");
  });
});
