/** Puts the theme that somebody chose on the page before it is painted, so that nobody sees the other one flash. */

import type { HtmlTagDescriptor, Plugin } from "vite";

/** The key is that of src/lib/theme.ts; a browser that refuses storage shows what the device has. */
const SCRIPT = `try {
  const theme = localStorage.getItem("jumpa.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {}
`;
const NAME = /^assets\/first-paint-[^/]*\.js$/u;

/** A file of its own: the content security policy forbids scripts in the page. */
export const firstPaint: Plugin = {
  name: "first-paint",
  apply: "build",
  buildStart() {
    this.emitFile({ type: "asset", name: "first-paint.js", source: SCRIPT });
  },
  transformIndexHtml: {
    order: "post",
    handler(_page, { bundle }): HtmlTagDescriptor[] {
      const file = Object.keys(bundle ?? {}).find((name) => NAME.test(name));
      return file === undefined
        ? []
        : [{ tag: "script", attrs: { src: `/${file}` }, injectTo: "head-prepend" }];
    },
  },
};
