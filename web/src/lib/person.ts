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

// Letters of these scripts join when they stand together; a non-joiner keeps them apart.
const JOINING = /\p{Script=Arabic}|\p{Script=Syriac}/u;

/** First letters of the first two names, or the first sign of a name without letters; titles are skipped unless nothing else is left. */
export function initials(name: string, most = 2): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) {
    return firstSign(name.trim());
  }
  const named = words.filter((word) => !TITLES.has(word.toLowerCase().replace(/\./gu, "")));
  const letters = (named.length > 0 ? named : words).slice(0, most).map(firstLetter);
  return letters.join(letters.some((letter) => JOINING.test(letter)) ? "\u200c" : "");
}

/** What people see as one sign, as a waving hand with its skin colour. */
function firstSign(text: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text);
  return first?.segment ?? "";
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

function ownColour(identity: string): number {
  let hash = 0;
  for (const character of identity) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % COLOURS;
}

const given = new Map<string, number>();

/** Gives those who are together, first come first, a colour each while there are free ones; nobody changes theirs. */
export function giveColours(together: readonly string[]): void {
  const taken = new Set(together.flatMap((identity) => given.get(identity) ?? []));
  for (const identity of together) {
    if (!given.has(identity)) {
      const own = ownColour(identity);
      const places = Array.from({ length: COLOURS }, (_, step) => (own + step) % COLOURS);
      const colour = places.find((place) => !taken.has(place)) ?? own;
      given.set(identity, colour);
      taken.add(colour);
    }
  }
}

/** Class of the colour of an identity: the one it was given, else always the same. */
export function personColour(identity: string): string {
  return `person-${(given.get(identity) ?? ownColour(identity)) + 1}`;
}

/** First and last name as one. */
export function fullName(person: { first_name: string; last_name: string }): string {
  return `${person.first_name} ${person.last_name}`;
}
