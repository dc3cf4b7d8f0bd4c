/** Asking for a token, and waiting in front of a room until somebody opens. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import type { JoinAnswer, JoinedRoom, JoinRequest, WaitingRoom } from "@/api/rooms";
import type { Timers } from "@/lib/timers";

/** Waiting in front of a room, since a moment of the timers' clock. */
export interface Wait {
  sinceMs: number;
  /** Since when somebody is in the meeting who may open; absent while there is nobody. */
  hostSinceMs?: number;
}

type Ask = (request: JoinRequest) => Promise<JoinAnswer>;

/** The way into one room. */
export class Door {
  private readonly ask: Ask;
  private readonly timers: Timers;
  private readonly currentWait = signal<Wait | undefined>(undefined);
  private wake: ((goesOn: boolean) => void) | undefined;

  constructor(ask: Ask, timers: Timers) {
    this.ask = ask;
    this.timers = timers;
  }

  /** Absent while nobody waits here. */
  get wait(): ReadonlySignal<Wait | undefined> {
    return this.currentWait;
  }

  /** Resolves with the token once let in, with undefined when given up; `onSeat` learns the place in the queue. */
  async enter(
    request: JoinRequest,
    onSeat: (seat: string) => void,
  ): Promise<JoinedRoom | undefined> {
    try {
      let answer = await this.ask(request);
      while (isWaitingRoom(answer)) {
        this.follow(answer);
        onSeat(answer.seat);
        if (!(await this.pause(answer.retry_after_s * 1000))) {
          return undefined;
        }
        answer = await this.askAgain({ ...request, seat: answer.seat }, answer);
      }
      return answer;
    } finally {
      this.currentWait.value = undefined;
    }
  }

  private follow({ is_host_inside: isHostInside }: WaitingRoom): void {
    const nowMs = this.timers.now();
    const { sinceMs = nowMs, hostSinceMs = nowMs } = this.currentWait.peek() ?? {};
    this.currentWait.value = { sinceMs, ...(isHostInside && { hostSinceMs }) };
  }

  /** Wait no longer. */
  giveUp(): void {
    this.wake?.(false);
  }

  /** A network that is gone for a moment, or a server that is asked too much, costs nobody their place. */
  private async askAgain(request: JoinRequest, before: WaitingRoom): Promise<JoinAnswer> {
    try {
      return await this.ask(request);
    } catch (error) {
      if (error instanceof ApiError && error.isPassing) {
        return { ...before, retry_after_s: error.retryAfterS ?? before.retry_after_s };
      }
      throw error;
    }
  }

  private pause(delayMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.timers.after(delayMs, () => resolve(true));
      this.wake = (goesOn) => {
        cancel();
        resolve(goesOn);
      };
    });
  }
}

function isWaitingRoom(answer: JoinAnswer): answer is WaitingRoom {
  return "status" in answer;
}
