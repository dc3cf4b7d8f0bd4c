/** Builds the service worker beside the app, with the list of files that it keeps. */

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";
import { build } from "vite";

const ENTRY = fileURLToPath(new URL("src/worker/main.ts", import.meta.url));
const SOURCE = fileURLToPath(new URL("src", import.meta.url));
/** Parts that are loaded later, and that people without a network still meet. */
const LATER = /^(?:AccountPages|Beside|NewsToasts)$/u;
/** Fonts come in parts; this one of the usual font has the letters of both languages. */
const FONT = /plus-jakarta-sans-latin-wght-normal-[^/]*\.woff2$/u;
const FIRST_PAINT = /\/first-paint-[^/]*\.js$/u;

type Bundle = Rolldown.OutputBundle;

/** Names of the scripts that the first pages cannot run without. */
function scripts(bundle: Bundle): Set<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type === "chunk" && !found.has(name)) {
      found.add(name);
      chunk.imports.forEach(add);
    }
  };
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type === "chunk" && (chunk.isEntry || LATER.test(chunk.name))) {
      add(name);
    }
  }
  return found;
}

/** Paths of these scripts, of their styles, and of the font. */
function filesOf(bundle: Bundle): string[] {
  const needed = scripts(bundle);
  for (const name of [...needed]) {
    const chunk = bundle[name];
    const styles = chunk?.type === "chunk" ? chunk.viteMetadata?.importedCss : undefined;
    for (const style of styles ?? []) {
      needed.add(style);
    }
  }
  const fonts = Object.keys(bundle).filter((name) => FONT.test(name) || FIRST_PAINT.test(name));
  // What other sites load of ours stands elsewhere.
  const own = [...needed, ...fonts].filter((name) => name.startsWith("assets/"));
  return own.sort().map((name) => `/${name}`);
}

async function write(files: string[], page: string): Promise<string> {
  const version = createHash("sha256").update(page).update(files.join()).digest("hex").slice(0, 12);
  const built = await build({
    configFile: false,
    logLevel: "warn",
    resolve: { alias: { "@": SOURCE } },
    define: { BUILD: JSON.stringify({ version, files }) },
    build: {
      write: false,
      target: "es2022",
      // Not every browser takes modules here.
      rolldownOptions: { input: ENTRY, output: { format: "iife", entryFileNames: "sw.js" } },
    },
  });
  const [output] = [built].flat() as Rolldown.RolldownOutput[];
  return output?.output[0].code ?? "";
}

/** Its address is always the same, so that browsers find the next one. */
export const serviceWorker: Plugin = {
  name: "service-worker",
  apply: "build",
  enforce: "post",
  generateBundle: {
    order: "post",
    async handler(_, bundle) {
      const page = bundle["index.html"];
      if (page?.type === "asset") {
        const source = await write(filesOf(bundle), String(page.source));
        this.emitFile({ type: "asset", fileName: "sw.js", source });
      }
    },
  },
};
