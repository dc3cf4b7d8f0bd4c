/** Sending a file: the one kind of call of which people see the progress, which fetch does not tell. */

import { ApiError, type Call, headersOf, problem } from "@/api/client";

/** A call whose body is a file. */
export interface Upload extends Call {
  body: Blob;
  /** Called with the share that was sent, from 0 to 1. */
  onProgress: (share: number) => void;
}

function answerOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return undefined;
  }
}

/** Make the call; resolves with the parsed answer, rejects with an ApiError. */
export function upload<T>(asked: Upload): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const miss = () => reject(new ApiError("unreachable", 0, "The file did not arrive."));
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      asked.onProgress(total > 0 ? loaded / total : 0);
    });
    request.addEventListener("error", miss);
    request.addEventListener("abort", miss);
    request.addEventListener("load", () => {
      const { status, statusText } = request;
      const headers = { get: (name: string) => request.getResponseHeader(name) };
      if (status >= 200 && status < 300) {
        resolve(answerOf(request) as T);
      } else {
        reject(problem({ status, statusText, headers }, answerOf(request)));
      }
    });
    request.open(asked.method, asked.path);
    headersOf(asked).forEach((value, name) => {
      request.setRequestHeader(name, value);
    });
    request.send(asked.body);
  });
}
