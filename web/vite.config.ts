/** Builds the web app into the Python package and serves it with hot reload. */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import tailwindcss from "@tailwindcss/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { firstPaint } from "./first-paint.ts";
import { serviceWorker } from "./worker.ts";

const server = process.env["JUMPA_SERVER"] ?? "http://127.0.0.1:7880";
const proxy = {
  "/api": { target: server },
  "/rtc": { target: server, ws: true },
  "/ws": { target: server, ws: true },
};

/** What many parts share is small and needs none of them; a file for each would be asked for by itself. */
const BASE =
  /\/src\/lib\/|\/src\/api\/(?:people|use-picture|users)\.|\/src\/ui\/(?:Switch|Toast)\.|node_modules.lucide-preact/u;

/** Packages of which we ship files as they are. */
const SHIPPED = [
  "@fontsource-variable/atkinson-hyperlegible-next",
  "@fontsource-variable/lexend",
  "@fontsource-variable/plus-jakarta-sans",
  "@fontsource/opendyslexic",
  "@mediapipe/selfie_segmentation",
  "@sapphi-red/web-noise-suppressor",
];

/** Their licences travel with them; the bundler knows of scripts only. */
const shippedLicenses: Plugin = {
  name: "shipped-licenses",
  generateBundle() {
    const texts = SHIPPED.map((name) => {
      const folder = new URL(`node_modules/${name}/`, import.meta.url);
      const { version, license } = JSON.parse(
        readFileSync(new URL("package.json", folder), "utf8"),
      );
      const file = new URL("LICENSE", folder);
      const text = existsSync(file) ? readFileSync(file, "utf8") : "";
      return `${name} ${version}: ${license}\n\n${text}`;
    });
    const source = texts.join("\n\n");
    this.emitFile({ type: "asset", fileName: "shipped-licenses.txt", source });
  },
};

const EMBED = "src/embed/jumpa-meeting.ts";

export default defineConfig({
  plugins: [
    preact({ reactAliasesEnabled: false }),
    tailwindcss(),
    firstPaint,
    shippedLicenses,
    serviceWorker,
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    outDir: "../server/jumpa/static",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy forbids data: images and inline scripts.
    assetsInlineLimit: 0,
    // livekit-client alone is about 140 kB on the wire.
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["index.html", EMBED],
      output: {
        // Pages of other sites load it by this name.
        entryFileNames: ({ name }) =>
          name === "jumpa-meeting" ? "embed/[name].js" : "assets/[name]-[hash].js",
        codeSplitting: {
          groups: [
            // It changes seldom, so that browsers keep it while the rest changes.
            { name: "livekit", test: /node_modules.livekit-client/ },
            // What the first page cannot run without comes in one request, not in a dozen.
            { name: "first", tags: ["$initial"], test: (id) => !id.includes("/src/embed/") },
            // Small pieces that parts share come in one request, too.
            { name: "base", minShareCount: 2, test: BASE },
          ],
        },
      },
    },
    license: { fileName: "licenses.md" },
  },
  server: { proxy },
  preview: { proxy },
  // One window for all files: making one per file costs more than all tests together.
  test: {
    environment: "happy-dom",
    css: { include: /\?raw$/ },
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    setupFiles: ["src/lib/window.fake.ts"],
  },
});
