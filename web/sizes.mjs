/** Holds the web app to what people wait for: what the first page loads, and what a meeting adds. */

import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const ASSETS = new URL("../server/jumpa/static/assets/", import.meta.url);
/** Budgets in kB on the wire. */
const BUDGETS = [
  { what: "first page", pattern: /^index-.*\.(js|css)$/, kilobytes: 90 },
  { what: "accounts", pattern: /^AccountPages-.*\.(js|css)$/, kilobytes: 40 },
  { what: "meeting", pattern: /^MeetingRoom-.*\.(js|css)$/, kilobytes: 180 },
];

const files = readdirSync(ASSETS);
let isOver = false;
for (const { what, pattern, kilobytes } of BUDGETS) {
  const found = files.filter((name) => pattern.test(name));
  const bytes = found.reduce(
    (sum, name) => sum + gzipSync(readFileSync(new URL(name, ASSETS))).length,
    0,
  );
  const size = Math.round(bytes / 1000);
  const isBad = found.length === 0 || size > kilobytes;
  isOver ||= isBad;
  console.log(`${what}: ${size} of ${kilobytes} kB${isBad ? ", too much or missing" : ""}`);
}
process.exit(isOver ? 1 : 0);
