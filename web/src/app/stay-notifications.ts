/** Notifications about the meeting one is in, told as its other news; nobody is told of other things there. */

import type { Notification } from "@/api/notifications";
import { hasSignedIn } from "@/lib/sign-in-hint";

/** Calls back with each until the returned function is called; guests load nothing for it. */
export function followOwnNews(code: string, tell: (item: Notification) => void): () => void {
  let isOver = false;
  let stop: () => void = () => undefined;
  async function follow(): Promise<void> {
    const [{ ownNews }, { onNewsOfMeeting }] = await Promise.all([
      import("@/app/own-news"),
      import("@/features/notifications/arrivals"),
    ]);
    if (!isOver) {
      stop = onNewsOfMeeting(ownNews, code, tell);
    }
  }
  if (hasSignedIn()) {
    // A meeting goes on without what could not be loaded.
    follow().catch(() => undefined);
  }
  return () => {
    isOver = true;
    stop();
  };
}
