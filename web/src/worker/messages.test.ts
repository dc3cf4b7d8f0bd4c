import { describe, expect, it, vi } from "vitest";
import { isShownByPage, openPath, type PageClient, readPushed, shownOf } from "@/worker/messages";

const ORIGIN = "https://jumpa.example";
const PUSHED = {
  type: "meeting_invited",
  title: "Undangan: Rapat <b>kelas</b>",
  body: "Ayu mengundang Anda.",
  link: "/abc-defg-hij",
};

function page(given: Partial<PageClient> = {}): PageClient {
  return {
    url: `${ORIGIN}/`,
    focused: true,
    visibilityState: "visible",
    postMessage: (_message, [port]) => (port as MessagePort).postMessage("shown"),
    focus: vi.fn(async () => undefined),
    ...given,
  };
}

describe("readPushed", () => {
  it("reads what the server sends", () => {
    expect(readPushed(JSON.stringify(PUSHED))).toEqual(PUSHED);
  });

  it.each([undefined, "", "[", "null", "7", "{}", '{"title":7}', '{"title":""}'])(
    "reads nothing else: %s",
    (text) => expect(readPushed(text)).toBeUndefined(),
  );
});

describe("shownOf", () => {
  it("is shown as it is written, and leads to what it is about", () => {
    const { title, options } = shownOf(PUSHED, ["id"]);
    expect([title, options.body, options.data.path]).toEqual([
      PUSHED.title,
      PUSHED.body,
      "/abc-defg-hij",
    ]);
  });

  it("takes the place of the same one, and of no other", () => {
    const tag = (given: object) => shownOf({ ...PUSHED, ...given }, ["id"]).options.tag;
    expect(tag({})).toBe(tag({}));
    expect(tag({ title: "Siti: datang" })).not.toBe(tag({}));
    expect(tag({ link: "/xyz-abcd-efg" })).not.toBe(tag({}));
  });

  it.each(["", "//evil.example", "https://evil.example", "javascript:alert(1)"])(
    "leads to the list and nowhere else: %s",
    (link) => {
      expect(shownOf({ ...PUSHED, link }, ["id"]).options.data.path).toBe("/notifications");
    },
  );

  it.each([
    ["id", "Ada pemberitahuan baru"],
    ["fr", "There is a new notification"],
  ])("says in words of %s that something came that cannot be read", (language, title) => {
    expect(shownOf(undefined, [language]).title).toBe(title);
  });
});

describe("isShownByPage", () => {
  it("asks the page that somebody looks at", async () => {
    const postMessage = vi.fn(page().postMessage);
    expect(await isShownByPage(PUSHED, [page({ focused: false }), page({ postMessage })])).toBe(
      true,
    );
    expect(postMessage).toHaveBeenCalledWith({ type: "pushed", pushed: PUSHED }, [
      expect.anything(),
    ]);
  });

  it.each([
    ["no page", []],
    ["a page behind others", [page({ focused: false })]],
    ["a hidden page", [page({ visibilityState: "hidden" })]],
  ])("is false for %s", async (_, pages) => {
    expect(await isShownByPage(PUSHED, pages)).toBe(false);
  });

  it("is false when the page does not want it, or does not answer", async () => {
    const refuses = page({
      postMessage: (_message, [port]) => (port as MessagePort).postMessage("no"),
    });
    expect(await isShownByPage(PUSHED, [refuses])).toBe(false);
    vi.useFakeTimers();
    const waiting = isShownByPage(PUSHED, [page({ postMessage: () => undefined })]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await waiting).toBe(false);
    vi.useRealTimers();
  });
});

describe("openPath", () => {
  it("goes to the page that shows it already", async () => {
    const there = page({ url: `${ORIGIN}/abc-defg-hij?x#y` });
    const open = vi.fn();
    await openPath("/abc-defg-hij", ORIGIN, [page(), there], open);
    expect(there.focus).toHaveBeenCalledTimes(1);
    expect(open).not.toHaveBeenCalled();
  });

  it("leaves other pages alone", async () => {
    const other = page();
    const open = vi.fn();
    await openPath("/abc-defg-hij", ORIGIN, [other], open);
    expect(other.focus).not.toHaveBeenCalled();
    expect(open).toHaveBeenCalledWith(`${ORIGIN}/abc-defg-hij`);
  });
});
