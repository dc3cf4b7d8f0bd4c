/** What somebody may have meant whose address leads nowhere. */

/** Pages that people open by their address, in both languages' words. */
const PLACES = {
  login: ["login", "signin", "sign-in", "masuk"],
  register: ["register", "signup", "sign-up", "daftar"],
  schedule: ["schedule", "jadwal", "calendar", "kalender"],
  rooms: ["rooms", "room", "ruang"],
  contacts: ["contacts", "kontak"],
  settings: ["settings", "pengaturan"],
  help: ["help", "bantuan"],
  privacy: ["privacy", "privasi"],
} as const;

export type Place = keyof typeof PLACES;

const MOST_SLIPS = 2;

/** How many letters are wrong, missing or too many (Levenshtein's distance). */
export function slipsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (const [column, wanted] of [...other].entries()) {
      const change = (above[column] ?? 0) + (letter === wanted ? 0 : 1);
      line.push(Math.min(change, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}

/** The page whose address looks like this one; undefined when none does. */
export function nearestPlace(path: string): Place | undefined {
  const first = path.toLowerCase().split("/")[0]?.slice(0, 20) ?? "";
  const slips = (place: Place) =>
    Math.min(
      ...PLACES[place].map((word) =>
        // A short word has little to slip on.
        slipsBetween(first, word) <= (word.length > 5 ? MOST_SLIPS : 1)
          ? slipsBetween(first, word)
          : Number.POSITIVE_INFINITY,
      ),
    );
  const places = Object.keys(PLACES) as Place[];
  const [nearest] = places
    .map((place) => ({ place, slips: slips(place) }))
    .filter((found) => Number.isFinite(found.slips))
    .sort((one, other) => one.slips - other.slips);
  return nearest?.place;
}
