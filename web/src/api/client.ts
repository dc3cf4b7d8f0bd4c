/** The only place that fetches: JSON in and out, and every failure as one kind of error. */

import { locale } from "@/i18n/locale";

const TIMEOUT_MS = 15_000;
/** Files are large and networks slow. */
const FILE_TIMEOUT_MS = 10 * 60_000;

export interface ProblemDetails {
  requestId?: string | undefined;
  fields?: readonly string[];
  retryAfterS?: number | undefined;
}

/** What the server, or the way to it, answered instead of the thing that was asked for. */
export class ApiError extends Error {
  /** Stable code of the problem; `unreachable` when no answer came at all. */
  readonly code: string;
  /** HTTP status, 0 without an answer. */
  readonly status: number;
  /** Name of this request in the server's log. */
  readonly requestId: string | undefined;
  /** Parts of the request that cannot be used, as `email` or `first_name`. */
  readonly fields: readonly string[];
  /** Seconds after which asking again may help. */
  readonly retryAfterS: number | undefined;

  constructor(code: string, status: number, detail: string, more: ProblemDetails = {}) {
    super(detail);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.requestId = more.requestId;
    this.fields = more.fields ?? [];
    this.retryAfterS = more.retryAfterS;
  }

  /** True when trying again later may help. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Bear that something which is to go is gone already. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) {
    throw error;
  }
}

export interface Call {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  body?: unknown;
  bearer?: string | undefined;
  /** ETag of the version that a change is meant for. */
  ifMatch?: string | undefined;
  /** Makes a call that is repeated count once. */
  idempotencyKey?: string | undefined;
}

/** Make one call; resolves with the parsed answer, rejects with an ApiError. */
export async function call<T>(asked: Call): Promise<T> {
  return (await callTagged<T>(asked)).body;
}

/** Make one call; resolves with the parsed answer and its ETag. */
export async function callTagged<T>(asked: Call): Promise<{ body: T; tag: string | undefined }> {
  const response = await exchange(asked);
  const body = (response.status === 204 ? undefined : await parsed(response)) as T;
  return { body, tag: response.headers.get("etag") ?? undefined };
}

/** Make one call whose answer is a file. */
export async function callFile(asked: Call): Promise<Blob> {
  const response = await exchange(asked, FILE_TIMEOUT_MS);
  try {
    return await response.blob();
  } catch (error) {
    throw new ApiError("unreadable", response.status, String(error));
  }
}

/** The headers that say who asks, and how. */
export function headersOf({ body, bearer, ifMatch, idempotencyKey }: Call): Headers {
  // Letters that a request leads to are in the language that was chosen here.
  const headers = new Headers({ accept: "application/json", "accept-language": locale.peek() });
  if (body !== undefined) {
    headers.set(
      "content-type",
      body instanceof Blob ? body.type || "application/octet-stream" : "application/json",
    );
  }
  if (bearer !== undefined) {
    headers.set("authorization", `Bearer ${bearer}`);
  }
  if (ifMatch !== undefined) {
    headers.set("if-match", ifMatch);
  }
  if (idempotencyKey !== undefined) {
    headers.set("idempotency-key", idempotencyKey);
  }
  return headers;
}

async function exchange(asked: Call, timeoutMs = TIMEOUT_MS): Promise<Response> {
  const { method, path, body } = asked;
  const headers = headersOf(asked);
  const response = await answer(path, {
    method,
    headers,
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw problem(response, await response.json().catch(() => undefined));
  }
  return response;
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

/** What an answer that is a refusal says. */
export function problem(
  response: Pick<Response, "status" | "statusText"> & { headers: Pick<Headers, "get"> },
  body: unknown,
): ApiError {
  const read = (key: string): unknown =>
    typeof body === "object" && body !== null ? Reflect.get(body, key) : undefined;
  const text = (key: string): string | undefined => {
    const value = read(key);
    return typeof value === "string" ? value : undefined;
  };
  return new ApiError(
    text("code") ?? "unreadable",
    response.status,
    text("detail") ?? response.statusText,
    {
      requestId: text("request_id") ?? response.headers.get("x-request-id") ?? undefined,
      fields: fieldNames(read("fields")),
      retryAfterS: seconds(response.headers.get("retry-after")),
    },
  );
}

function fieldNames(fields: unknown): string[] {
  return Array.isArray(fields)
    ? fields.map((one) => String(Reflect.get(Object(one), "field") ?? ""))
    : [];
}

function seconds(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
