/** A table on a laptop, a card for each row on a phone. */

import "@/features/administration/table.css";
import "@/ui/table.css";
import type { ComponentChildren } from "preact";

export interface TableRow {
  key: string;
  /** What the row is about. */
  head: ComponentChildren;
  cells: readonly ComponentChildren[];
  /** What can be done with it. */
  actions?: ComponentChildren;
}

export interface TableProps {
  /** What the table lists, for the screen reader. */
  label: string;
  /** Of the head and of each cell. */
  columns: readonly string[];
  rows: readonly TableRow[];
  /** Name of the column of buttons, where there is one. */
  actions?: string;
}

/** The table; roles are said again because a phone shows its rows as blocks. */
export function Table({ label, columns, rows, actions }: TableProps) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: display other than table takes the role away.
    <table class="data-table administration-table" role="table" aria-label={label}>
      <thead>
        <tr>
          {columns.map((words) => (
            <th key={words} scope="col">
              {words}
            </th>
          ))}
          {actions !== undefined && (
            <th scope="col">
              <span class="sr-only">{actions}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.head}</th>
            {row.cells.map((cell, index) => (
              <td key={columns[index + 1]}>
                <span class="administration-label" aria-hidden="true">
                  {columns[index + 1]}
                </span>
                <span class="administration-cell">{cell}</span>
              </td>
            ))}
            {actions !== undefined && <td class="administration-doings">{row.actions}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
