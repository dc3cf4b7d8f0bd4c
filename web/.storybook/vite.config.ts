/** How the bundler reads the app's parts, without what belongs to a release. */

import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false }), tailwindcss()],
  // Storybook's own frame is one large part.
  build: { chunkSizeWarningLimit: 1500 },
  resolve: { alias: { "@": fileURLToPath(new URL("../src", import.meta.url)) } },
});
