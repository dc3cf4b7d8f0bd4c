/** Words in both languages side by side; a missing or misspelt key does not compile. */

import { locale } from "@/i18n/locale";
import type { Locale } from "@/i18n/pick";

/** A sentence, a function that makes one, or a list or table of them. */
type Entry =
  | string
  | readonly string[]
  | { readonly [key: string]: Entry }
  | ((...values: never[]) => string | readonly string[]);
export type Table = Record<string, Entry>;

/** Words of one part of the product; call it for those of the language now. */
export interface Strings<T extends Table> {
  (): T;
  tables: Record<Locale, T>;
}

/** Declare the words of one part; call the result inside a component, so that a switch redraws it. */
export function strings<T extends Table>(tables: { id: T; en: NoInfer<T> }): Strings<T> {
  return Object.assign(() => tables[locale.value], { tables });
}
