/** The notifications of whoever is signed in: what is unread, the list, and what has just come. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Asking, createAsking, type Loading } from "@/api/asking";
import { ApiError, unlessGone } from "@/api/client";
import type { NewsMessage } from "@/api/news-socket";
import type { Notification, Only } from "@/api/notifications";
import { createPaging, type Page } from "@/api/paging";

export interface CentrePorts {
  list: (only: Only, cursor?: string) => Promise<Page<Notification>>;
  markRead: (id?: string) => Promise<number>;
  remove: (id: string) => Promise<void>;
}

export interface Centre {
  unread: ReadonlySignal<number>;
  only: ReadonlySignal<Only>;
  pages: Loading<Page<Notification>>;
  loadingMore: Asking;
  changing: Asking;
  more: () => Promise<void>;
  /** Show all of them, or those that are unread. */
  show: (only: Only) => Promise<void>;
  /** Somebody looks at the list from now on, until the returned function is called. */
  look: () => () => void;
  /** Whether somebody looks at the list. */
  isLookedAt: ReadonlySignal<boolean>;
  read: (item: Notification) => Promise<void>;
  readAll: () => Promise<void>;
  remove: (item: Notification) => Promise<void>;
  /** Take what the socket says. */
  hear: (message: NewsMessage) => void;
  /** Call back for each that comes; returns how to stop. */
  onArrival: (callback: (item: Notification) => void) => () => void;
  /** Nobody is signed in any more. */
  forget: () => void;
}

type Items = (items: Notification[]) => Notification[];

/** The list, and what is changed in it at once. */
function createList(ports: CentrePorts) {
  const unread = signal(0);
  const only = signal<Only>("all");
  const { pages, loadingMore, more } = createPaging((cursor) => ports.list(only.peek(), cursor));
  const changing = createAsking();
  let last = Promise.resolve();

  const change = (changed: Items) =>
    pages.change((page) => ({ ...page, items: changed(page.items) }));
  /** Bring the list up to date; what is shown stays when that does not work. */
  async function refresh(): Promise<void> {
    const wanted = only.peek();
    try {
      const page = await ports.list(wanted);
      // Something else may be shown by now.
      pages.change((before) => (wanted === only.peek() ? joined(page, before) : before));
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
    }
  }

  /** Show it as done at once, and as it was when the server refuses; one after another. */
  function changeAtOnce(changed: Items, left: number, work: () => Promise<unknown>): Promise<void> {
    const [before, wasUnread] = [pages.state.peek(), unread.peek()];
    change(changed);
    unread.value = Math.max(0, left);
    last = last.then(async () => {
      if (!(await changing.run(work)) && before.name === "ready") {
        pages.change(() => before.value);
        unread.value = wasUnread;
        await refresh();
      }
    });
    return last;
  }

  return { unread, only, pages, loadingMore, more, changing, change, refresh, changeAtOnce };
}

/** State of one tab. */
export function createCentre(ports: CentrePorts): Centre {
  const own = createList(ports);
  const { unread, only, pages, loadingMore, more, changing, change, refresh, changeAtOnce } = own;
  const listeners = new Set<(item: Notification) => void>();
  const lookers = signal(0);
  const isLookedAt = computed(() => lookers.value > 0);

  function arrive(item: Notification): void {
    change((items) => [item, ...items.filter(({ id }) => id !== item.id)]);
    for (const listener of listeners) {
      listener(item);
    }
  }

  function hear(message: NewsMessage): void {
    const expected = unread.peek() + (message.type === "notification" ? 1 : 0);
    unread.value = message.unread;
    if (message.type === "notification") {
      arrive(message.notification);
    }
    if (message.unread !== expected) {
      // Another tab or device read some, or some came while nothing was heard.
      void (message.unread === 0 ? change(marked(() => true)) : isLookedAt.peek() && refresh());
    }
  }

  const take = (answered: Promise<number>) =>
    answered.then((left) => {
      unread.value = left;
    });
  function read(item: Notification): Promise<void> {
    if (item.is_read) {
      return Promise.resolve();
    }
    const isIt = ({ id }: Notification) => id === item.id;
    return changeAtOnce(marked(isIt), unread.peek() - 1, () => take(ports.markRead(item.id)));
  }
  const readAll = () =>
    changeAtOnce(
      marked(() => true),
      0,
      () => take(ports.markRead()),
    );
  const remove = (item: Notification) =>
    changeAtOnce(
      (items) => items.filter(({ id }) => id !== item.id),
      unread.peek() - (item.is_read ? 0 : 1),
      // What is gone already is as one wants it.
      () => ports.remove(item.id).catch(unlessGone),
    );

  return {
    unread,
    only,
    pages,
    loadingMore,
    changing,
    more,
    show: (wanted) => {
      only.value = wanted;
      pages.reset();
      return pages.load();
    },
    look: () => {
      lookers.value += 1;
      changing.clear();
      void (pages.state.peek().name === "ready" ? refresh() : pages.load());
      return () => {
        lookers.value -= 1;
      };
    },
    isLookedAt,
    read,
    readAll,
    remove,
    hear,
    onArrival: (callback) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    forget: () => {
      unread.value = 0;
      only.value = "all";
      pages.reset();
      changing.clear();
    },
  };
}

/** The newest page, and below it what was loaded before of older ones; ids grow with time. */
function joined(page: Page<Notification>, before: Page<Notification>): Page<Notification> {
  const oldest = page.items.at(-1)?.id;
  const older = page.next_cursor
    ? before.items.filter(({ id }) => oldest !== undefined && id < oldest)
    : [];
  return older.length === 0
    ? page
    : { items: [...page.items, ...older], next_cursor: before.next_cursor ?? null };
}

function marked(isMeant: (item: Notification) => boolean): Items {
  return (items) => items.map((one) => (isMeant(one) ? { ...one, is_read: true } : one));
}
