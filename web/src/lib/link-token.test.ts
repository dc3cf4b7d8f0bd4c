import { afterEach, describe, expect, it } from "vitest";
import { takeLinkToken } from "@/lib/link-token";

afterEach(() => history.replaceState(null, "", "/"));

describe("takeLinkToken", () => {
  it("takes the token out of the address", () => {
    history.replaceState(null, "", "/verify-email?x=1#token-of_a-letter");
    expect(takeLinkToken()).toBe("token-of_a-letter");
    expect(location.pathname + location.search + location.hash).toBe("/verify-email?x=1");
    expect(takeLinkToken()).toBeUndefined();
  });

  it("takes a token as it stands, however odd", () => {
    history.replaceState(null, "", "/verify-email#%E0%A4%A");
    expect(takeLinkToken()).toBe("%E0%A4%A");
  });
});
