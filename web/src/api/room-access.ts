/** Asking about one room as who one is there: by the account when it has the place, else by this tab's seat. */

import { ask } from "@/api/account-session";
import { ApiError, type Call, call } from "@/api/client";
import { hasSignedIn } from "@/lib/sign-in-hint";

/** A call whose path begins inside the room, as `/messages`. */
export type RoomCall = Call;

export interface RoomAccess {
  ask: <T>(asked: RoomCall) => Promise<T>;
}

/** The access of one stay; which of the two opens the room is found out once. */
export function openRoomAccess(code: string, seat: string): RoomAccess {
  const root = `/api/v1/rooms/${encodeURIComponent(code)}`;
  const asSeat = <T>(asked: Call) => call<T>({ ...asked, bearer: seat });
  let choice: Promise<typeof asSeat> | undefined;

  async function choose(): Promise<typeof asSeat> {
    if (!hasSignedIn()) {
      return asSeat;
    }
    try {
      await ask({ method: "GET", path: `${root}/settings` });
      return ask;
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
        return asSeat;
      }
      throw error;
    }
  }

  return {
    async ask<T>(asked: RoomCall): Promise<T> {
      choice ??= choose();
      // What was not found out now may be found out by the next call.
      choice.catch(() => {
        choice = undefined;
      });
      const asks = await choice;
      return asks<T>({ ...asked, path: `${root}${asked.path}` });
    },
  };
}
