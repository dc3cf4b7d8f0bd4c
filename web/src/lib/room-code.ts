/** Codes of meetings: three, four and three letters or digits, as in abc-defg-hij. */

const CODE = /^([a-z0-9]{3})-?([a-z0-9]{4})-?([a-z0-9]{3})$/;

/** The code that someone typed or pasted, also out of a link; undefined when there is none. */
export function readRoomCode(input: string): string | undefined {
  const last = input
    .trim()
    .toLowerCase()
    .replace(/[?#].*$/u, "")
    .replace(/\/+$/u, "")
    .split("/")
    .at(-1);
  const parts = CODE.exec((last ?? "").replace(/[\s\u2010-\u2015]+/gu, "-"));
  return parts === null ? undefined : parts.slice(1).join("-");
}
