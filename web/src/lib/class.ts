/** Joins class names. */

/** The names that are there, in order, with one space between. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
