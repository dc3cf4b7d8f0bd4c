/** Top of every page outside a meeting: the mark, and the language to switch to. */

import type { ComponentChildren } from "preact";
import { chooseLocale, locale } from "@/i18n/locale";
import { classes } from "@/lib/class";
import { Button } from "@/ui/Button";
import { Mark } from "@/ui/Mark";
import { uiText } from "@/ui/strings";

/** The mark with the word, leading home. */
export function Brand({ size = 26 }: { size?: number }) {
  return (
    <a
      class="brand inline-flex items-center gap-2.5 rounded-control"
      href="/"
      aria-label={uiText().home}
    >
      <Mark size={size} />
      <span class="brand-word">jumpa</span>
    </a>
  );
}

/** Header of a page; `children` stand before the language button. */
export function PageHeader({
  children,
  class: extra,
}: {
  children?: ComponentChildren;
  class?: string;
}) {
  const other = locale.value === "id" ? "en" : "id";
  return (
    <header
      class={classes(
        "flex min-h-14 flex-wrap items-center gap-3 px-4 prejoin:min-h-16 prejoin:px-7",
        extra,
      )}
    >
      <Brand />
      <span class="grow" />
      {children}
      <Button kind="plain" lang={other} onClick={() => chooseLocale(other)}>
        {uiText().otherLanguage}
      </Button>
    </header>
  );
}
