import { beforeEach, describe, expect, it, vi } from "vitest";
import { onNewsOfMeeting, tellArrivals } from "@/features/notifications/arrivals";
import { news as notification } from "@/features/notifications/notification.fake";
import { createCentre } from "@/features/notifications/state";
import { chooseLocale } from "@/i18n/locale";
import { News } from "@/lib/news";
import { FakeTimers } from "@/lib/timers.fake";

function porch(isHeard = true) {
  const markRead = vi.fn(async () => 0);
  const centre = createCentre({
    list: async () => ({ items: [], next_cursor: null }),
    markRead,
    remove: async () => undefined,
  });
  const timers = new FakeTimers();
  const news = new News(timers);
  const open = vi.fn();
  const { showPushed } = tellArrivals(centre, news, { isHeard: () => isHeard, open });
  const come = (id: string, link = "/abc-defg-hij") =>
    centre.hear({
      type: "notification",
      unread: 1,
      notification: notification(id, false, { link }),
    });
  return { centre, news, open, markRead, timers, come, showPushed };
}

beforeEach(() => chooseLocale("en"));

describe("tellArrivals", () => {
  it("opens what it is about, and marks it as read", () => {
    const { news, open, markRead, come } = porch();
    come("1");
    expect(news.current.value?.text).toBe("Undangan: Rapat 1");
    news.act();
    expect(open).toHaveBeenCalledWith("/abc-defg-hij");
    expect(news.current.value).toBeUndefined();
    return vi.waitFor(() => expect(markRead).toHaveBeenCalledWith("1"));
  });

  it("tells several as one, which opens the list", () => {
    const { news, open, markRead, come } = porch();
    come("1");
    come("2");
    come("3");
    expect(news.current.value?.text).toBe("3 new notifications");
    news.act();
    expect(open).toHaveBeenCalledWith("/notifications");
    expect(markRead).not.toHaveBeenCalled();
  });

  it("begins to count anew when it was seen", () => {
    const { news, timers, come } = porch();
    come("1");
    timers.advance(60_000);
    come("2");
    expect(news.current.value?.text).toBe("Undangan: Rapat 2");
  });

  it.each(["", "//evil.example", "https://evil.example/", "javascript:alert(1)"])(
    "leads nowhere else: %s",
    (link) => {
      const { news, open, come } = porch();
      come("1", link);
      news.act();
      expect(open).toHaveBeenCalledWith("/notifications");
    },
  );

  it("is silent while nobody hears it, and while somebody looks at the list", () => {
    const unheard = porch(false);
    unheard.come("1");
    expect(unheard.news.current.value).toBeUndefined();
    const { centre, news, come } = porch();
    const stop = centre.look();
    come("1");
    expect(news.current.value).toBeUndefined();
    stop();
    come("2");
    expect(news.current.value).toBeDefined();
  });
});

describe("showPushed", () => {
  const pushed = { type: "test", title: "Ini percobaan", body: "Sampai.", link: "/settings" };

  it("shows what came by push alone", () => {
    const { news, open, showPushed } = porch();
    expect(showPushed(pushed)).toBe(true);
    news.act();
    expect(open).toHaveBeenCalledWith("/settings");
  });

  it("does not show again what the socket brought, also when it was closed", () => {
    const { news, come, showPushed } = porch();
    come("1");
    const { title, message: body, link } = notification("1");
    showPushed({ type: "meeting_invited", title, body, link });
    expect(news.current.value?.text).toBe(title);
    news.dismiss();
    showPushed({ type: "meeting_invited", title, body, link });
    expect(news.current.value).toBeUndefined();
  });
});

describe("onNewsOfMeeting", () => {
  it("hears of its meeting alone", () => {
    const { centre, come } = porch();
    const tell = vi.fn();
    const stop = onNewsOfMeeting(centre, "abc-defg-hij", tell);
    come("1");
    come("2", "/xyz-abcd-efg");
    come("3", "");
    stop();
    come("4");
    expect(tell.mock.calls.map(([item]) => item.id)).toEqual(["1"]);
  });
});
