/** Asking about one room as who one is there: by the account when it has the place, else by this tab's seat. */

import { ask, asPerson } from "@/api/account-session";
import { ApiError, type Call, call } from "@/api/client";
import { hasSignedIn } from "@/lib/sign-in-hint";

type Asked<T> = (bearer: string | undefined) => Promise<T>;
type Way = <T>(asked: Asked<T>) => Promise<T>;

export interface RoomAccess {
  /** Where everything about the room begins. */
  root: string;
  /** Ask; the path begins inside the room, as `/messages`. */
  ask: <T>(asked: Call) => Promise<T>;
  /** Ask in a way of one's own. */
  use: Way;
}

/** The access of one stay; which of the two opens the room is found out once. */
export function openRoomAccess(code: string, seat: string): RoomAccess {
  const root = `/api/v1/rooms/${encodeURIComponent(code)}`;
  const asSeat: Way = (asked) => asked(seat);
  let choice: Promise<Way> | undefined;

  async function choose(): Promise<Way> {
    if (!hasSignedIn()) {
      return asSeat;
    }
    try {
      await ask({ method: "GET", path: `${root}/settings` });
      return asPerson;
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
        return asSeat;
      }
      throw error;
    }
  }

  async function use<T>(asked: Asked<T>): Promise<T> {
    choice ??= choose();
    // What was not found out now may be found out by the next call.
    choice.catch(() => {
      choice = undefined;
    });
    const way = await choice;
    return way(asked);
  }

  return {
    root,
    use,
    ask: (asked) => use((bearer) => call({ ...asked, bearer, path: `${root}${asked.path}` })),
  };
}
