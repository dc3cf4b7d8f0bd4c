import { expect, test } from "vitest";
import { queryOf } from "@/lib/query";

test("what is empty is left out, and the rest is safe in an address", () => {
  expect(queryOf({ text: "teh & susu", state: "", cursor: undefined })).toBe("?text=teh+%26+susu");
});

test("without values there is no question mark", () => {
  expect(queryOf({ state: "" })).toBe("");
});
