import { afterEach, describe, expect, it, vi } from "vitest";
import { type ApiError, call, callFile, callTagged } from "@/api/client";
import { chooseLocale } from "@/i18n/locale";

function answering(answer: Response | Error) {
  const asked = vi.fn((_path: string, _init: RequestInit) =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer),
  );
  vi.stubGlobal("fetch", asked);
  return asked;
}

function problem(status: number, body: unknown) {
  return new Response(JSON.stringify(body), { status });
}

async function failure(): Promise<ApiError> {
  return call({ method: "GET", path: "/api/v1/rooms/x" }).then(
    () => {
      throw new Error("the call should have failed");
    },
    (error: ApiError) => error,
  );
}

afterEach(() => vi.unstubAllGlobals());

describe("call", () => {
  it("sends JSON and gives back what came", async () => {
    const asked = answering(new Response('{"code":"abc-defg-hij"}', { status: 201 }));
    const room = await call({
      method: "POST",
      path: "/api/v1/rooms",
      body: { title: "Rapat" },
      bearer: "key",
    });
    expect(room).toEqual({ code: "abc-defg-hij" });
    const [path, init] = asked.mock.calls[0] ?? [];
    expect(path).toBe("/api/v1/rooms");
    expect(init?.body).toBe('{"title":"Rapat"}');
    expect(new Headers(init?.headers).get("authorization")).toBe("Bearer key");
  });

  it("asks in the language that was chosen", async () => {
    const asked = answering(new Response(null, { status: 204 }));
    for (const chosen of ["id", "en"] as const) {
      chooseLocale(chosen);
      await call({ method: "POST", path: "/x" });
      const init = asked.mock.lastCall?.[1];
      expect(new Headers(init?.headers).get("accept-language")).toBe(chosen);
    }
  });

  it("sends no body and no key when there is none", async () => {
    const asked = answering(new Response(null, { status: 204 }));
    await expect(call({ method: "DELETE", path: "/x" })).resolves.toBeUndefined();
    const init = asked.mock.calls[0]?.[1];
    expect(init).not.toHaveProperty("body");
    expect(new Headers(init?.headers).has("authorization")).toBe(false);
  });

  it("carries code, status, reason and request id of a refusal", async () => {
    answering(problem(410, { code: "room_ended", detail: "The room is over.", request_id: "r1" }));
    const error = await failure();
    expect(error).toMatchObject({
      code: "room_ended",
      status: 410,
      message: "The room is over.",
      requestId: "r1",
    });
    expect(error.isPassing).toBe(false);
  });

  it("calls a server that does not answer unreachable", async () => {
    answering(new TypeError("Failed to fetch"));
    const error = await failure();
    expect(error).toMatchObject({ code: "unreachable", status: 0 });
    expect(error.isPassing).toBe(true);
  });

  it.each([
    [new Response("<html>Bad gateway</html>", { status: 502 }), 502],
    [problem(500, ["not", "an", "object"]), 500],
    [problem(503, { code: 7, detail: null }), 503],
    [new Response("<html>", { status: 200 }), 200],
  ])("survives an answer that is no problem document", async (response, status) => {
    answering(response);
    await expect(failure()).resolves.toMatchObject({ code: "unreadable", status });
  });

  it("carries the fields that cannot be used, and when to ask again", async () => {
    const headers = { "retry-after": "41" };
    const body = { code: "request_malformed", fields: [{ field: "email" }, null, 7] };
    answering(new Response(JSON.stringify(body), { status: 422, headers }));
    await expect(failure()).resolves.toMatchObject({
      fields: ["email", "", ""],
      retryAfterS: 41,
    });
    answering(new Response("{}", { status: 429, headers: { "retry-after": "tomorrow" } }));
    await expect(failure()).resolves.toMatchObject({ fields: [], retryAfterS: undefined });
  });
});

describe("callTagged and callFile", () => {
  it("name the version that is meant, and give back the version that came", async () => {
    const asked = answering(new Response("{}", { status: 200, headers: { etag: '"8"' } }));
    const answer = await callTagged({ method: "PUT", path: "/x", body: {}, ifMatch: '"7"' });
    expect(answer).toEqual({ body: {}, tag: '"8"' });
    expect(new Headers(asked.mock.calls[0]?.[1].headers).get("if-match")).toBe('"7"');
  });

  it("send a file as it is, and give back a file", async () => {
    const asked = answering(new Response("picture"));
    const file = new Blob(["photo"], { type: "image/png" });
    const answer = await callFile({ method: "PUT", path: "/x", body: file });
    expect(await answer.text()).toBe("picture");
    const init = asked.mock.calls[0]?.[1];
    expect(init?.body).toBe(file);
    expect(new Headers(init?.headers).get("content-type")).toBe("image/png");
  });
});
