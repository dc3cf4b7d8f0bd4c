/** Everything that the server knows of a person, as a file for that person. */

import { ask, askFile } from "@/api/account-session";
import { ApiError } from "@/api/client";
import type { components } from "@/api/schema.gen";

export type Export = components["schemas"]["ExportRead"];

const PATH = "/api/v1/users/export";

/** How far the file is; nothing when nobody asked for one. */
export async function getExport(): Promise<Export | undefined> {
  try {
    return await ask<Export>({ method: "GET", path: PATH });
  } catch (error) {
    if (error instanceof ApiError && error.code === "export_not_found") {
      return undefined;
    }
    throw error;
  }
}

/** Have it made. */
export function askForExport(): Promise<Export> {
  return ask({ method: "POST", path: PATH });
}

/** The file itself, a ZIP. */
export function fetchExport(): Promise<Blob> {
  return askFile({ method: "GET", path: `${PATH}/content` });
}

/** Throw it away, or take back that it was asked for. */
export function removeExport(): Promise<void> {
  return ask({ method: "DELETE", path: PATH });
}
