/** Says in people's words why the server refused something about accounts. */

import { accountFailureText } from "@/api/account-strings";
import type { ApiError } from "@/api/client";
import { explainFailure } from "@/api/failure-text";
import { formatTime } from "@/i18n/format";

/** One sentence for a failure; `now` is for the time at which trying again helps. */
export function explainAccountFailure(error: ApiError, now = new Date()): string {
  const text = accountFailureText();
  if (error.status === 429 && error.retryAfterS !== undefined) {
    return text.tooMany(formatTime(nextMinute(now, error.retryAfterS)));
  }
  if (error.status === 422) {
    const field = error.fields[0]?.split(".").at(-1) ?? "";
    return text.fields[field as keyof typeof text.fields] ?? text.other;
  }
  return Object.hasOwn(text.codes, error.code)
    ? text.codes[error.code as keyof typeof text.codes]
    : explainFailure(error);
}

/** Rounded up, so that the minute people read is never too early. */
function nextMinute(now: Date, afterS: number): Date {
  return new Date(Math.ceil((now.getTime() + afterS * 1000) / 60_000) * 60_000);
}
