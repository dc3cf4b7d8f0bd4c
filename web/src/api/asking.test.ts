import { beforeEach, describe, expect, it, vi } from "vitest";
import { createAsking, createLoading, errorAt, errorBeside } from "@/api/asking";
import { ApiError } from "@/api/client";
import { chooseLocale } from "@/i18n/locale";

const WEAK = new ApiError("password_weak", 400, "");

beforeEach(() => chooseLocale("en"));

describe("createAsking", () => {
  it("asks once when pressed twice", async () => {
    const asking = createAsking();
    const work = vi.fn(() => Promise.resolve());
    expect(await Promise.all([asking.run(work), asking.run(work)])).toEqual([true, false]);
    expect(work).toHaveBeenCalledTimes(1);
    expect(asking.isBusy.value).toBe(false);
  });

  it("says what was refused in the language of now, until the next attempt", async () => {
    const asking = createAsking();
    expect(await asking.run(() => Promise.reject(WEAK))).toBe(false);
    expect(asking.error.value).toContain("easy to guess");
    chooseLocale("id");
    expect(asking.error.value).toContain("mudah ditebak");
    await asking.run(() => Promise.resolve());
    expect(asking.error.value).toBeUndefined();
  });

  it("does not hide a fault of our own", async () => {
    const asking = createAsking();
    await expect(asking.run(() => Promise.reject(new TypeError("bug")))).rejects.toThrow("bug");
    expect(asking.isBusy.value).toBe(false);
  });
});

describe("errorAt and errorBeside", () => {
  it("put a sentence below its field, or below the form", async () => {
    const asking = createAsking();
    await asking.run(() => Promise.reject(WEAK));
    expect(errorAt(asking, "password")).toBe(asking.error.value);
    expect(errorAt(asking, "email")).toBeUndefined();
    expect(errorBeside(asking, "email", "password")).toBeUndefined();
    expect(errorBeside(asking, "email")).toBe(asking.error.value);
  });

  it("find the field of a request that could not be read", async () => {
    const asking = createAsking();
    const malformed = new ApiError("request_malformed", 422, "", { fields: ["body.email"] });
    await asking.run(() => Promise.reject(malformed));
    expect(errorAt(asking, "email")).toBe("Write an e-mail address like name@example.com.");
  });
});

describe("createLoading", () => {
  it("counts the later of two loads, whichever comes first", async () => {
    const answers: ((value: string) => void)[] = [];
    const loading = createLoading(() => new Promise<string>((resolve) => answers.push(resolve)));
    const both = [loading.load(), loading.load()];
    answers[1]?.("later");
    answers[0]?.("earlier");
    await Promise.all(both);
    expect(loading.state.value).toEqual({ name: "ready", value: "later" });
  });

  it("says why it failed, and can be tried again", async () => {
    const fetched = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new ApiError("unreachable", 0, ""))
      .mockResolvedValueOnce("here");
    const loading = createLoading(fetched);
    await loading.load();
    expect(loading.state.value).toMatchObject({ name: "failed" });
    loading.change(() => "changed");
    expect(loading.state.value).toMatchObject({ name: "failed" });
    await loading.load();
    loading.change((value) => `${value} changed`);
    expect(loading.state.value).toEqual({ name: "ready", value: "here changed" });
  });
});
