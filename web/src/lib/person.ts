/** How a person without a picture is shown: initials and one of ten colours. */

const TITLES = new Set([
  "h",
  "hj",
  "dr",
  "drs",
  "dra",
  "ir",
  "prof",
  "kh",
  "r",
  "raden",
  "ajeng",
  "ni",
  "luh",
  "i",
  "bapak",
  "ibu",
  "pak",
  "bu",
]);
const COLOURS = 10;

/** First letters of the first two names; titles are skipped unless nothing else is left. */
export function initials(name: string, most = 2): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const named = words.filter((word) => !TITLES.has(word.toLowerCase().replace(/\./gu, "")));
  return (named.length > 0 ? named : words)
    .slice(0, most)
    .map((word) => firstLetter(word))
    .join("");
}

function firstLetter(word: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(word)?.[0] ?? "";
  return letter.toLocaleUpperCase();
}

/** Name by which someone is called in a sentence: the first name that is no title. */
export function callName(name: string): string {
  const words = name.trim().split(/\s+/u);
  return words.find((word) => !TITLES.has(word.toLowerCase().replace(/\./gu, ""))) ?? name.trim();
}

/** Class of the colour that an identity always gets. */
export function personColour(identity: string): string {
  let hash = 0;
  for (const character of identity) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return `person-${(hash % COLOURS) + 1}`;
}
