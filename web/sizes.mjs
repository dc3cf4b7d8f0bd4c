/** Holds the web app to what people wait for: what the first page loads, and what a meeting adds. */

import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const ROOT = new URL("../server/jumpa/static/", import.meta.url);
const ASSETS = new URL("assets/", ROOT);
const LIVEKIT = /^livekit-.*\.js$/;
/** Budgets in kB on the wire. */
const BUDGETS = [
  { what: "accounts", pattern: /^AccountPages-.*\.(js|css)$/, kilobytes: 40 },
  { what: "livekit-client", pattern: LIVEKIT, kilobytes: 145 },
  { what: "meeting beside it", pattern: /^MeetingRoom-.*\.(js|css)$/, kilobytes: 60 },
];
const FIRST_PAGE_KILOBYTES = 90;
// An import that is not a call: what it names comes before the script runs.
const IMPORT = /(?:from|import)\s*"\.\/([^"]+\.js)"/g;

const read = (name) => readFileSync(new URL(name, ASSETS));

/** These files and the scripts that they cannot run without. */
function withImports(names) {
  const all = new Set();
  const add = (name) => {
    if (!all.has(name)) {
      all.add(name);
      if (name.endsWith(".js")) {
        for (const [, imported] of read(name).toString().matchAll(IMPORT)) {
          add(imported);
        }
      }
    }
  };
  names.forEach(add);
  return all;
}

let isOver = false;
function weigh(what, names, kilobytes) {
  const bytes = [...names].reduce((sum, name) => sum + gzipSync(read(name)).length, 0);
  const size = Math.round(bytes / 1000);
  const isBad = names.size === 0 || size > kilobytes;
  isOver ||= isBad;
  console.log(`${what}: ${size} of ${kilobytes} kB${isBad ? ", too much or missing" : ""}`);
}

const page = readFileSync(new URL("index.html", ROOT), "utf8");
const named = [...page.matchAll(/assets\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name);
const first = withImports(named);
weigh("first page", first, FIRST_PAGE_KILOBYTES);
// What is weighed by itself, or is there before, does not count again.
const weighed = new Set(first);
for (const { what, pattern, kilobytes } of BUDGETS) {
  const own = withImports(readdirSync(ASSETS).filter((name) => pattern.test(name)));
  weigh(what, new Set([...own].filter((name) => !weighed.has(name))), kilobytes);
  if (pattern === LIVEKIT) {
    for (const name of own) {
      weighed.add(name);
    }
  }
}
weigh("element for other sites", new Set(["../embed/jumpa-meeting.js"]), 8);
process.exit(isOver ? 1 : 0);
