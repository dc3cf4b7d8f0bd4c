import { afterEach, describe, expect, it, vi } from "vitest";
import { type ApiError, call } from "@/api/client";

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
});
