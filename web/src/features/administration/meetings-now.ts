/** Rooms in use, looked at again and again while somebody looks. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { explainAccountFailure } from "@/api/account-failure-text";
import type { MeetingsNow } from "@/api/administration";
import { ApiError } from "@/api/client";
import type { Timers } from "@/lib/timers";

const PAUSE_MS = 5_000;

export interface NowPorts {
  list: () => Promise<MeetingsNow>;
  timers: Timers;
  /** Whether anybody can see the page. */
  isSeen: () => boolean;
}

export interface MeetingsNowState {
  /** What was told last; it stays while the server cannot be asked. */
  found: ReadonlySignal<MeetingsNow | undefined>;
  /** Why what is shown may be old. */
  error: ReadonlySignal<string | undefined>;
  load: () => Promise<void>;
  /** Look now and every few seconds until the returned function is called. */
  follow: () => () => void;
}

/** State of one visit to the page. */
export function createMeetingsNow({ list, timers, isSeen }: NowPorts): MeetingsNowState {
  const found = signal<MeetingsNow | undefined>();
  const error = signal<string | undefined>();
  let latest = 0;

  async function load(): Promise<void> {
    latest += 1;
    const mine = latest;
    try {
      const told = await list();
      if (mine === latest) {
        found.value = told;
        error.value = undefined;
      }
    } catch (refused) {
      if (!(refused instanceof ApiError)) {
        throw refused;
      }
      if (mine === latest) {
        error.value = explainAccountFailure(refused);
      }
    }
  }

  function follow(): () => void {
    let stop = () => {};
    let isOver = false;
    const look = async () => {
      if (isSeen()) {
        await load();
      }
      if (!isOver) {
        stop = timers.after(PAUSE_MS, () => void look());
      }
    };
    void look();
    return () => {
      isOver = true;
      stop();
    };
  }

  return { found, error, load, follow };
}
