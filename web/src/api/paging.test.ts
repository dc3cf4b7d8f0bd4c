import { describe, expect, it } from "vitest";
import { createPaging, type Page } from "@/api/paging";

describe("createPaging", () => {
  it("puts a page that comes too late into no other list", async () => {
    let arrive = (_page: Page<string>): void => undefined;
    let found: Page<string> = { items: ["a"], next_cursor: "old" };
    const paging = createPaging<string>((cursor) =>
      cursor === undefined
        ? Promise.resolve(found)
        : new Promise((resolve) => {
            arrive = resolve;
          }),
    );
    await paging.pages.load();
    const more = paging.more();
    found = { items: ["x"], next_cursor: "new" };
    paging.pages.reset();
    await paging.pages.load();
    arrive({ items: ["b"], next_cursor: null });
    await more;
    expect(paging.pages.state.value).toEqual({ name: "ready", value: found });
  });
});
