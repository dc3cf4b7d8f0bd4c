/** What follows an address after the question mark. */

/** The query of these values, or nothing; what is empty is left out. */
export function queryOf(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((one): one is [string, string] => Boolean(one[1]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
