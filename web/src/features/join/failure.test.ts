import { describe, expect, it } from "vitest";
import { readFailure } from "@/features/join/failure";

const thrown = (name: string, message = "") => new DOMException(message, name);

describe("readFailure", () => {
  it.each([
    [thrown("NotAllowedError", "Permission denied"), "blocked"],
    [thrown("SecurityError"), "blocked"],
    [thrown("NotAllowedError", "Permission denied by system"), "system"],
    [thrown("NotReadableError", "Could not start video source"), "used"],
    [thrown("AbortError"), "used"],
    [thrown("NotFoundError", "Requested device not found"), "none"],
    [thrown("OverconstrainedError"), "none"],
    [thrown("SomethingNewError"), "used"],
    ["a string", "used"],
  ])("tells %s apart", (error, failure) => {
    expect(readFailure(error, "Linux")).toBe(failure);
  });

  it("knows how Firefox says that macOS refuses", () => {
    const error = thrown("NotFoundError", "The object can not be found here.");
    expect(readFailure(error, "macOS")).toBe("system");
    expect(readFailure(error, "Windows")).toBe("none");
  });
});
