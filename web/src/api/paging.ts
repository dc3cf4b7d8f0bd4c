/** Lists that come page by page. */

import { type Asking, createAsking, createLoading, type Loading } from "@/api/asking";

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

export interface Paging<T> {
  pages: Loading<Page<T>>;
  loadingMore: Asking;
  more: () => Promise<void>;
}

/** State of one visit to a list. */
export function createPaging<T>(list: (cursor?: string) => Promise<Page<T>>): Paging<T> {
  const pages = createLoading(() => list());
  const loadingMore = createAsking();
  async function more(): Promise<void> {
    const state = pages.state.peek();
    const cursor = state.name === "ready" ? state.value.next_cursor : undefined;
    if (cursor) {
      await loadingMore.run(async () => {
        const next = await list(cursor);
        // The list may have been loaded anew meanwhile; then this page is none of its own.
        pages.change((page) =>
          page.next_cursor === cursor ? { ...next, items: [...page.items, ...next.items] } : page,
        );
      });
    }
  }
  return { pages, loadingMore, more };
}
