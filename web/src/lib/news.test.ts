import { beforeEach, describe, expect, it } from "vitest";
import { News, type NewsItem } from "@/lib/news";
import { FakeTimers } from "@/lib/timers.fake";

const item = (kind: string, text = kind): NewsItem => ({ kind, text, tone: "plain" });

describe("News", () => {
  let timers: FakeTimers;
  let news: News;

  beforeEach(() => {
    timers = new FakeTimers();
    news = new News(timers);
  });

  it("shows news for six seconds", () => {
    news.tell(item("chat"));
    timers.advance(5999);
    expect(news.current.value?.kind).toBe("chat");
    timers.advance(1);
    expect(news.current.value).toBeUndefined();
  });

  it("shows news with an action for twelve", () => {
    news.tell({ ...item("chat"), action: { label: "Open", run: () => undefined } });
    timers.advance(11_999);
    expect(news.current.value).toBeDefined();
    timers.advance(1);
    expect(news.current.value).toBeUndefined();
  });

  it("shows one after the other", () => {
    news.tell(item("a"));
    news.tell(item("b"));
    expect(news.current.value?.kind).toBe("a");
    timers.advance(6000);
    expect(news.current.value?.kind).toBe("b");
  });

  it("merges news of one kind, shown or waiting", () => {
    news.tell(item("a", "one"));
    news.tell(item("b", "old"));
    news.tell(item("b", "new"));
    timers.advance(3000);
    news.tell(item("a", "two"));
    expect(news.current.value?.text).toBe("two");
    timers.advance(5999);
    expect(news.current.value?.text).toBe("two");
    timers.advance(1);
    expect(news.current.value?.text).toBe("new");
    timers.advance(6000);
    expect(news.current.value).toBeUndefined();
  });

  it("takes back what is no longer true", () => {
    news.tell(item("a"));
    news.tell(item("b"));
    news.retract("a");
    expect(news.current.value?.kind).toBe("b");
    news.retract("b");
    expect(news.current.value).toBeUndefined();
  });

  it("runs the action once and goes", () => {
    let runs = 0;
    news.tell({ ...item("a"), action: { label: "Go", run: () => (runs += 1) } });
    news.act();
    news.act();
    expect(runs).toBe(1);
    expect(news.current.value).toBeUndefined();
  });

  it("keeps lasting news, lets others pass in front, and brings it back", () => {
    news.tell({ ...item("lobby"), isLasting: true });
    timers.advance(60_000);
    expect(news.current.value?.kind).toBe("lobby");
    news.tell(item("chat"));
    expect(news.current.value?.kind).toBe("chat");
    timers.advance(6000);
    expect(news.current.value?.kind).toBe("lobby");
    news.retract("lobby");
    expect(news.current.value).toBeUndefined();
  });

  it("shows everything else before it brings lasting news back", () => {
    news.tell({ ...item("lobby"), isLasting: true });
    news.tell(item("chat"));
    news.tell(item("hand"));
    timers.advance(6000);
    expect(news.current.value?.kind).toBe("hand");
    timers.advance(6000);
    expect(news.current.value?.kind).toBe("lobby");
  });

  it("brings back the newest of lasting news that took turns", () => {
    news.tell({ ...item("lobby", "one"), isLasting: true });
    news.tell({ ...item("mirror"), isLasting: true });
    news.tell({ ...item("lobby", "two"), isLasting: true });
    expect(news.current.value?.text).toBe("two");
    news.dismiss();
    expect(news.current.value?.kind).toBe("mirror");
    news.dismiss();
    expect(news.current.value).toBeUndefined();
  });

  it("takes lasting news back while others are shown", () => {
    news.tell({ ...item("lobby"), isLasting: true });
    news.tell(item("chat"));
    news.retract("lobby");
    timers.advance(6000);
    expect(news.current.value).toBeUndefined();
  });
});
