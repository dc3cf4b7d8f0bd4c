/** Builds the web app into the Python package and serves it with hot reload. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import tailwindcss from "@tailwindcss/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env["JUMPA_SERVER"] ?? "http://127.0.0.1:7880";
const proxy = {
  "/api": { target: server },
  "/rtc": { target: server, ws: true },
};

/** The font's licence (OFL 1.1) travels with the font; the bundler knows of scripts only. */
const fontLicense: Plugin = {
  name: "font-license",
  generateBundle() {
    const path = "node_modules/@fontsource-variable/plus-jakarta-sans/LICENSE";
    const source = readFileSync(new URL(path, import.meta.url), "utf8");
    this.emitFile({ type: "asset", fileName: "font-license.txt", source });
  },
};

export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false }), tailwindcss(), fontLicense],
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
      output: {
        // It changes seldom, so that browsers keep it while the rest changes.
        advancedChunks: { groups: [{ name: "livekit", test: /node_modules.livekit-client/ }] },
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
