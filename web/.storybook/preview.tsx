/** Around each story: the styles of the app, and its language and theme in the tool bar. */

import "@/styles/app.css";
import "@/features/meeting/stage.css";
import "@/sheet/sheet.css";
import type { Preview } from "@storybook/preact-vite";
import { chooseLocale } from "@/i18n/locale";
import { themeChoice } from "@/lib/theme";
import { addLooks } from "@/sheet/looks";

const done = new WeakSet<CSSStyleSheet>();

/** Styles come with the stories that need them; each sheet is read once. */
function readStyles(): void {
  for (const styles of document.styleSheets) {
    if (!done.has(styles)) {
      done.add(styles);
      addLooks(styles);
    }
  }
}

const preview: Preview = {
  globalTypes: {
    locale: { toolbar: { title: "Language", icon: "globe", items: ["id", "en"] } },
    theme: { toolbar: { title: "Theme", icon: "mirror", items: [...themeChoice.choices] } },
  },
  initialGlobals: { locale: "id", theme: "system" },
  parameters: { layout: "fullscreen" },
  decorators: [
    (Story, { globals }) => {
      readStyles();
      chooseLocale(globals["locale"] === "en" ? "en" : "id");
      themeChoice.choose(themeChoice.choices.find((one) => one === globals["theme"]) ?? "system");
      return <Story />;
    },
  ],
};

export default preview;
