/** The notifications of whoever is signed in, in this tab: one list and one socket. */

import { computed, effect } from "@preact/signals";
import { accountStanding, forgetSession } from "@/api/account-session";
import { connectNews, NewsSocket } from "@/api/news-socket";
import { freshToken, listNotifications, markRead, removeNotification } from "@/api/notifications";
import { ownPush } from "@/app/own-push";
import { createCentre } from "@/features/notifications/state";
import { hasSignedIn, onSignedOutElsewhere } from "@/lib/sign-in-hint";
import { browserTimers } from "@/lib/timers";
import { countInTitle } from "@/ui/page";

/** What there is to read. */
export const ownNews = createCentre({
  list: listNotifications,
  markRead,
  remove: removeNotification,
});

const socket = new NewsSocket(
  { connect: connectNews, token: freshToken, timers: browserTimers, random: Math.random },
  ownNews.hear,
);

const isIn = computed(() => {
  const { name } = accountStanding.value;
  return name === "in" || (name !== "out" && hasSignedIn());
});

// For as long as the tab lives: signing in begins it, signing out ends it, here or in another tab.
effect(() => {
  if (isIn.value) {
    socket.start();
    // Where that does not work, the settings say why.
    ownPush.renew().catch(() => undefined);
  } else {
    socket.stop();
    ownNews.forget();
    void ownPush.drop();
  }
});
effect(() => {
  countInTitle.value = ownNews.unread.value;
});
onSignedOutElsewhere(forgetSession);
addEventListener("online", () => socket.wake());
