/** Builds the web app into the Python package and serves it with hot reload. */

import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";

const server = process.env["JUMPA_SERVER"] ?? "http://127.0.0.1:7880";
const proxy = {
  "/api": { target: server },
  "/rtc": { target: server, ws: true },
};

export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false }), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    outDir: "../server/jumpa/static",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy forbids data: images and inline scripts.
    assetsInlineLimit: 0,
    // The meeting carries livekit-client, about 140 kB of its 160 kB on the wire.
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    license: { fileName: "licenses.md" },
  },
  server: { proxy },
  preview: { proxy },
  // One window for all files: making one per file costs more than all tests together.
  test: {
    environment: "happy-dom",
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    setupFiles: ["src/lib/window.fake.ts"],
  },
});
