import { beforeEach, describe, expect, it } from "vitest";
import { explainAccountFailure } from "@/api/account-failure-text";
import { accountFailureText } from "@/api/account-strings";
import { ApiError } from "@/api/client";
import { chooseLocale } from "@/i18n/locale";
import openapi from "../../openapi.json?raw";

const NOW = new Date(2026, 10, 21, 9, 30, 20);

/** Refusals that every endpoint knows, and that the pages settle without words. */
const SETTLED = /^(access_token_|request_malformed|request_timed_out|too_many_requests)/;

interface Operation {
  responses: Record<string, { content?: Record<string, { examples?: object }> }>;
}

/** Every code that the endpoints of accounts declare. */
function declaredCodes(): string[] {
  const paths: Record<string, Record<string, Operation>> = JSON.parse(openapi).paths;
  const operations = Object.entries(paths)
    .filter(([path]) => /^\/api\/v1\/(auth|users)\//.test(path))
    .flatMap(([, path]) => Object.values(path));
  const codes = operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content }) =>
      Object.keys(content?.["application/problem+json"]?.examples ?? {}),
    ),
  );
  return [...new Set(codes)].filter((code) => !SETTLED.test(code));
}

beforeEach(() => chooseLocale("en"));

describe("explainAccountFailure", () => {
  it("has words for every refusal that the server declares", () => {
    const codes = declaredCodes();
    expect(codes.length).toBeGreaterThan(15);
    const worded: string[] = Object.keys(accountFailureText.tables.en.codes);
    const later = ["cursor_malformed", "avatar_not_found", "idempotency_key_reused"];
    expect(codes.filter((code) => !worded.includes(code) && !later.includes(code))).toEqual([]);
  });

  it("says the same for an unknown address and a wrong password", () => {
    const refused = new ApiError("credentials_wrong", 401, "");
    expect(explainAccountFailure(refused)).toBe("That e-mail and password do not match.");
    chooseLocale("id");
    expect(explainAccountFailure(refused)).toBe("Surel dan kata sandi itu tidak cocok.");
  });

  it("names the minute at which trying again helps, never too early", () => {
    const refused = new ApiError("too_many_requests", 429, "", { retryAfterS: 41 });
    expect(explainAccountFailure(refused, NOW)).toBe("Too many attempts. Try again at 09:32.");
  });

  it("says which part cannot be used", () => {
    const refused = new ApiError("request_malformed", 422, "", { fields: ["email"] });
    expect(explainAccountFailure(refused)).toBe("Write an e-mail address like name@example.com.");
    const unknown = new ApiError("request_malformed", 422, "", { fields: ["elsewhere"] });
    expect(explainAccountFailure(unknown)).toBe("This cannot be used. Check it again.");
  });

  it("leaves the rest to the words of all pages", () => {
    const refused = new ApiError("internal_error", 500, "", { requestId: "r1" });
    expect(explainAccountFailure(refused)).toBe("Something went wrong on the server. Noted as r1.");
  });
});
