/** What the landing page does: start a meeting, or find the one a code or link leads to. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import { explainFailure } from "@/api/failure-text";
import type { CreatedRoom } from "@/api/rooms";
import { landingText } from "@/features/landing/strings";
import { keepHostSecret } from "@/lib/host-secrets";
import { readRoomCode } from "@/lib/room-code";

export interface LandingPorts {
  create: (title?: string) => Promise<CreatedRoom>;
  /** Go to the page of a room. */
  open: (code: string) => void;
}

export interface LandingState {
  isStarting: ReadonlySignal<boolean>;
  startError: ReadonlySignal<string | undefined>;
  codeError: ReadonlySignal<string | undefined>;
  start: (title?: string) => Promise<void>;
  join: (input: string) => void;
  clearCodeError: () => void;
}

/** State of one visit to the landing page. */
export function createLanding({ create, open }: LandingPorts): LandingState {
  const isStarting = signal(false);
  const startError = signal<string | undefined>();
  const codeError = signal<string | undefined>();

  async function start(title?: string): Promise<void> {
    if (isStarting.value) {
      return;
    }
    isStarting.value = true;
    startError.value = undefined;
    try {
      const room = await create(title?.trim() || undefined);
      // Who is signed in is the host by their account, and gets no secret.
      if (room.host_secret !== "") {
        keepHostSecret(room.code, room.host_secret);
      }
      open(room.code);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      startError.value = explainFailure(error);
    } finally {
      isStarting.value = false;
    }
  }

  function join(input: string): void {
    const code = readRoomCode(input);
    if (code !== undefined) {
      open(code);
      return;
    }
    const text = landingText();
    codeError.value = input.trim() === "" ? text.codeMissing : text.codeMalformed;
  }

  const clearCodeError = () => {
    codeError.value = undefined;
  };
  return { isStarting, startError, codeError, start, join, clearCodeError };
}
