/** Says in people's words why the server refused. */

import type { ApiError } from "@/api/client";
import { failureText } from "@/api/strings";

/** One sentence for a failure, with the request id when only the server's log knows more. */
export function explainFailure(error: ApiError): string {
  const text = failureText();
  const known = text.codes[error.code as keyof typeof text.codes];
  if (known !== undefined) {
    return known;
  }
  if (error.status === 429) {
    return text.codes.too_many_requests;
  }
  if (error.status === 422) {
    return text.codes.name_refused;
  }
  if (error.status === 401 || error.status === 403) {
    return text.refused(error.message);
  }
  return error.requestId === undefined ? text.unknown : text.noted(error.requestId);
}
