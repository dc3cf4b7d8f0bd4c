/** The components in all their states, for those who build screens: `npm run stories`. */

import type { StorybookConfig } from "@storybook/preact-vite";

const config: StorybookConfig = {
  framework: {
    name: "@storybook/preact-vite",
    // The app's own adds what belongs to a release: the service worker, licences, the budget of parts.
    options: { builder: { viteConfigPath: ".storybook/vite.config.ts" } },
  },
  stories: ["../src/sheet/*.stories.tsx"],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
};

export default config;
