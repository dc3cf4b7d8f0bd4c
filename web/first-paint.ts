/** Puts what somebody chose on the page before it is painted, so that nobody sees the usual look flash. */

import type { HtmlTagDescriptor, Plugin } from "vite";
import { PAGE_CHOICES } from "./src/lib/page-choices.ts";

const CHOICES = Object.entries(PAGE_CHOICES).map(([name, [, ...others]]) => [name, others]);
/** The keys are those of src/lib/page-choice.ts; a browser that refuses storage shows the usual look. */
const SCRIPT = `try {
  for (const [name, others] of ${JSON.stringify(CHOICES)}) {
    const chosen = localStorage.getItem("jumpa." + name);
    if (others.includes(chosen)) document.documentElement.dataset[name] = chosen;
  }
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
