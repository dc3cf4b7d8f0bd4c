import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { Notification } from "@/api/notifications";
import type { Page } from "@/api/paging";
import { news } from "@/features/notifications/notification.fake";
import { createCentre } from "@/features/notifications/state";

const LOST = new ApiError("unreachable", 0, "");

let pages: (Page<Notification> | ApiError)[];
const list = vi.fn<(only: string, cursor?: string) => Promise<Page<Notification>>>();
const markRead = vi.fn<(id?: string) => Promise<number>>();
const remove = vi.fn<(id: string) => Promise<void>>();

function centre() {
  return createCentre({ list, markRead, remove });
}

async function loaded(...first: Notification[]) {
  pages.unshift({ items: first, next_cursor: null });
  const made = centre();
  await made.pages.load();
  made.hear({ type: "ready", unread: first.filter((one) => !one.is_read).length });
  return made;
}

function shown(made: ReturnType<typeof centre>): string[] {
  const state = made.pages.state.value;
  return state.name === "ready"
    ? state.value.items.map(({ id, is_read }) => (is_read ? id : `${id}*`))
    : [state.name];
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  pages = [];
  vi.resetAllMocks();
  list.mockImplementation(async () => {
    const next = pages.shift() ?? LOST;
    if (next instanceof ApiError) {
      throw next;
    }
    return next;
  });
  markRead.mockResolvedValue(0);
  remove.mockResolvedValue(undefined);
});

describe("what the socket says", () => {
  it("puts what comes first, once, and tells those who listen", async () => {
    const made = await loaded(news("1"));
    const arrived = vi.fn();
    const stop = made.onArrival(arrived);
    made.hear({ type: "notification", unread: 2, notification: news("2") });
    made.hear({ type: "notification", unread: 2, notification: news("2") });
    expect(shown(made)).toEqual(["2*", "1*"]);
    expect(made.unread.value).toBe(2);
    stop();
    made.hear({ type: "notification", unread: 3, notification: news("3") });
    expect(arrived).toHaveBeenCalledTimes(2);
  });

  it("counts without a list", () => {
    const made = centre();
    made.hear({ type: "notification", unread: 1000, notification: news("2") });
    expect(made.unread.value).toBe(1000);
    expect(shown(made)).toEqual(["loading"]);
  });

  it("shows all as read when another tab read them", async () => {
    const made = await loaded(news("2"), news("1"));
    made.hear({ type: "unread", unread: 0 });
    expect(shown(made)).toEqual(["2", "1"]);
  });

  it("loads what was missed while somebody looks, and keeps older pages", async () => {
    pages = [
      { items: [news("4"), news("3")], next_cursor: "a" },
      { items: [news("2"), news("1")], next_cursor: null },
      { items: [news("5"), news("4", true)], next_cursor: "b" },
    ];
    const made = centre();
    const stop = made.look();
    await settle();
    pages.unshift(LOST);
    made.hear({ type: "ready", unread: 4 });
    await settle();
    await made.more();
    made.hear({ type: "unread", unread: 4 });
    made.hear({ type: "unread", unread: 3 });
    await settle();
    expect(shown(made)).toEqual(["5*", "4", "3*", "2*", "1*"]);
    stop();
    made.hear({ type: "unread", unread: 9 });
    await settle();
    expect(list).toHaveBeenCalledTimes(4);
  });

  it("leaves what is shown when it cannot be brought up to date", async () => {
    const made = await loaded(news("1"));
    pages = [LOST];
    made.look();
    await settle();
    expect(shown(made)).toEqual(["1*"]);
  });
});

describe("reading", () => {
  it("shows it at once, and what the server counts then", async () => {
    const made = await loaded(news("2"), news("1"));
    markRead.mockResolvedValue(7);
    const done = made.read(news("2"));
    expect(shown(made)).toEqual(["2", "1*"]);
    expect(made.unread.value).toBe(1);
    await done;
    expect(made.unread.value).toBe(7);
    expect(markRead).toHaveBeenCalledWith("2");
  });

  it("asks nothing about what is read already", async () => {
    const made = await loaded(news("1", true));
    await made.read(news("1", true));
    expect(markRead).not.toHaveBeenCalled();
  });

  it("reads several that are opened quickly, one after another", async () => {
    const made = await loaded(news("2"), news("1"));
    markRead.mockResolvedValueOnce(1).mockResolvedValueOnce(0);
    await Promise.all([made.read(news("2")), made.read(news("1"))]);
    expect(markRead.mock.calls).toEqual([["2"], ["1"]]);
    expect(shown(made)).toEqual(["2", "1"]);
  });

  it("goes back and says why when the server cannot be asked", async () => {
    const made = await loaded(news("2"), news("1"));
    markRead.mockRejectedValue(LOST);
    await made.readAll();
    expect(shown(made)).toEqual(["2*", "1*"]);
    expect(made.unread.value).toBe(2);
    expect(made.changing.error.value).toBeDefined();
  });
});

describe("removing", () => {
  it("takes it away, also when it was gone already", async () => {
    const made = await loaded(news("2"), news("1"));
    remove.mockRejectedValue(new ApiError("notification_not_found", 404, ""));
    await made.remove(news("2"));
    expect(shown(made)).toEqual(["1*"]);
    expect(made.unread.value).toBe(1);
    expect(made.changing.error.value).toBeUndefined();
  });

  it("brings it back when the server refuses", async () => {
    const made = await loaded(news("1"));
    remove.mockRejectedValue(new ApiError("internal_error", 500, ""));
    await made.remove(news("1"));
    expect(shown(made)).toEqual(["1*"]);
    expect(made.unread.value).toBe(1);
  });
});

describe("showing", () => {
  it("asks for the unread ones alone, and never shows the others meanwhile", async () => {
    const made = await loaded(news("2"), news("1", true));
    pages = [{ items: [news("2")], next_cursor: null }];
    const done = made.show("unread");
    expect(shown(made)).toEqual(["loading"]);
    await done;
    expect(shown(made)).toEqual(["2*"]);
    expect(list).toHaveBeenLastCalledWith("unread", undefined);
  });

  it("puts nothing into the unread ones that was asked for before", async () => {
    const made = await loaded(news("2"), news("1", true));
    let arrive = (_page: Page<Notification>): void => undefined;
    list.mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)));
    made.look();
    pages = [{ items: [news("2")], next_cursor: null }];
    await made.show("unread");
    arrive({ items: [news("2"), news("1", true)], next_cursor: null });
    await settle();
    expect(shown(made)).toEqual(["2*"]);
  });

  it("leaves nothing for whoever signs in next", async () => {
    const made = await loaded(news("1"));
    made.forget();
    expect(made.unread.value).toBe(0);
    expect(shown(made)).toEqual(["loading"]);
  });
});
