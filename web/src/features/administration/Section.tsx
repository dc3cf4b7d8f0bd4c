/** Frames of these pages: a card with its title, and what stands where there is nothing. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Mark } from "@/ui/Mark";

export interface RefusedProps {
  /** Called when whoever looks may administrate no longer. */
  onRefused: () => void;
}

export interface SectionProps {
  title: string;
  line?: string | undefined;
  /** What stands beside the title. */
  tools?: ComponentChildren;
  children: ComponentChildren;
}

/** One card. */
export function Section({ title, line, tools, children }: SectionProps) {
  const id = useId();
  return (
    <section class="card administration-card" aria-labelledby={id}>
      <div class="administration-head">
        <h2 id={id} class="section-title">
          {title}
        </h2>
        {tools}
      </div>
      {line !== undefined && <p class="administration-line">{line}</p>}
      {children}
    </section>
  );
}

/** A number in a list of them, below its words. */
export function Figure({ words, value }: { words: string; value: string }) {
  return (
    <div class="administration-figure">
      <dt>{words}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What the server wrote in its log, which is in English. */
export function Said({ words }: { words: string }) {
  return (
    <span class="administration-said" lang="en" dir="ltr">
      {words}
    </span>
  );
}

/** Nothing to show, and what would be here. */
export function Nothing({ title, line }: { title: string; line: ComponentChildren }) {
  return (
    <div class="administration-nothing" role="status">
      <Mark size={64} />
      <h3 class="section-title">{title}</h3>
      <p>{line}</p>
    </div>
  );
}
