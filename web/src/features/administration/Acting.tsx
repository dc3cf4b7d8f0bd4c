/** A list that comes page by page, with something that can be done about each row. */

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { createPaging, type Page } from "@/api/paging";
import { Nothing } from "@/features/administration/Section";
import { administrationText } from "@/features/administration/strings";
import { Table, type TableRow } from "@/features/administration/Table";
import { FieldNote } from "@/ui/Field";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

/** Does something about one row, and says what came of it. */
export type Act<T> = (row: T, said: string, work: () => Promise<T>) => void;

export interface ActingProps<T> {
  id: string;
  label: string;
  columns: readonly string[];
  list: (cursor?: string) => Promise<Page<T>>;
  /** What a row shows; `busy` is whether something is being done about it. */
  row: (one: T, act: Act<T>, isBusy: boolean) => TableRow;
  nothing: { title: string; line: ComponentChildren };
  /** Called after something was done. */
  onDone?: () => void;
}

/** The list. */
export function Acting<T extends { id: string }>(props: ActingProps<T>) {
  const text = administrationText();
  const paging = useMemo(() => createPaging(props.list), []);
  const asking = useMemo(createAsking, []);
  const [busy, setBusy] = useState<string>();
  const [news, setNews] = useState("");
  useEffect(() => void paging.pages.load(), [paging]);
  const act: Act<T> = async (one, said, work) => {
    if (asking.isBusy.peek()) {
      return;
    }
    setBusy(one.id);
    setNews("");
    const isDone = await asking.run(async () => {
      const changed = await work();
      paging.pages.change((page) => ({
        ...page,
        items: page.items.map((other) => (other.id === changed.id ? changed : other)),
      }));
    });
    if (isDone) {
      setNews(said);
      props.onDone?.();
    } else {
      // It may have been done, or gone, meanwhile.
      await paging.pages.load();
    }
  };
  const loaded = paging.pages.state.value;
  if (loaded.name === "loading") {
    return <SkeletonRows count={4} />;
  }
  if (loaded.name === "failed") {
    return <Trouble text={loaded.error} onRetry={() => void paging.pages.load()} />;
  }
  const error = asking.error.value;
  return (
    <>
      <p class="administration-news" role="status">
        {error === undefined && news}
      </p>
      {error !== undefined && <FieldNote id={`${props.id}-error`} text={error} isError />}
      {loaded.value.items.length === 0 ? (
        <Nothing {...props.nothing} />
      ) : (
        <Table
          label={props.label}
          columns={props.columns}
          actions={text.doings}
          rows={loaded.value.items.map((one) =>
            props.row(one, act, asking.isBusy.value && busy === one.id),
          )}
        />
      )}
      <More id={`${props.id}-more`} label={text.more} list={paging} />
    </>
  );
}
