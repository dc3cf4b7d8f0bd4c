/** A server at the fetch port: answers by method and path, and remembers what it was asked. */

import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  bearer: string | null;
  body: unknown;
}

type Answer = (asked: Asked) => Response | Promise<Response>;

/** Answer every request by the table; what is not in it cannot be reached. */
export function fakeServer(table: Record<string, Answer>) {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    const one: Asked = {
      method: init.method ?? "GET",
      path,
      bearer: headers.get("authorization"),
      body: typeof init.body === "string" ? JSON.parse(init.body) : init.body,
    };
    asked.push(one);
    const answer = table[`${one.method} ${path.replace("/api/v1", "")}`];
    if (answer === undefined) {
      throw new TypeError("Failed to fetch");
    }
    return answer(one);
  });
  return asked;
}

/** An answer as JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** A refusal as the server words it. */
export function refusal(status: number, code: string, more: object = {}): Response {
  return json({ code, detail: code, request_id: "r1", ...more }, status);
}
