/** The only place that fetches: JSON in and out, and every failure as one kind of error. */

const TIMEOUT_MS = 15_000;

/** What the server, or the way to it, answered instead of the thing that was asked for. */
export class ApiError extends Error {
  /** Stable code of the problem; `unreachable` when no answer came at all. */
  readonly code: string;
  /** HTTP status, 0 without an answer. */
  readonly status: number;
  /** Name of this request in the server's log. */
  readonly requestId: string | undefined;

  constructor(code: string, status: number, detail: string, requestId?: string) {
    super(detail);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.requestId = requestId;
  }

  /** True when trying again later may help. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface Call {
  method: "GET" | "POST" | "DELETE";
  path: string;
  body?: unknown;
  bearer?: string;
}

/** Make one call; resolves with the parsed answer, rejects with an ApiError. */
export async function call<T>({ method, path, body, bearer }: Call): Promise<T> {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) {
    headers.set("content-type", "application/json");
  }
  if (bearer !== undefined) {
    headers.set("authorization", `Bearer ${bearer}`);
  }
  const response = await answer(path, {
    method,
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw await problem(response);
  }
  return (response.status === 204 ? undefined : await parsed(response)) as T;
}

async function answer(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    throw new ApiError("unreachable", 0, String(error));
  }
}

async function parsed(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new ApiError("unreadable", response.status, String(error));
  }
}

async function problem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const read = (key: string): string | undefined => {
    const value = typeof body === "object" && body !== null ? Reflect.get(body, key) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return new ApiError(
    read("code") ?? "unreadable",
    response.status,
    read("detail") ?? response.statusText,
    read("request_id") ?? response.headers.get("x-request-id") ?? undefined,
  );
}
