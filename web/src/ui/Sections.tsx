/** A page of several sections: its title, the list of them, and the one that is shown. */

import "@/ui/sections.css";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { usePage } from "@/ui/page";

export interface SectionsProps {
  title: string;
  /** Name of the list, for the screen reader. */
  label: string;
  /** Where each section is, and its name. */
  sections: readonly (readonly [string, string])[];
  /** Where the section is that is shown. */
  current: string;
  children: ComponentChildren;
}

/** The page. */
export function Sections({ title, label, sections, current, children }: SectionsProps) {
  const heading = usePage(title);
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the list slides: what is shown must not be out of sight in it, also once it was turned.
    const sizes = new ResizeObserver(() => {
      const shown = list.current?.querySelector("[aria-current]");
      shown?.scrollIntoView({ block: "nearest", inline: "center" });
    });
    if (list.current !== null) {
      sizes.observe(list.current);
    }
    return () => sizes.disconnect();
  }, [current]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {title}
      </h1>
      <div class="sections">
        <nav ref={list} class="sections-list" aria-label={label}>
          {sections.map(([href, words]) => (
            <a key={href} href={href} aria-current={href === current ? "page" : undefined}>
              {words}
            </a>
          ))}
        </nav>
        <div class="sections-body">{children}</div>
      </div>
    </>
  );
}
