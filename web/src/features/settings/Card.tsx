/** One card of the settings: its title, a line, and what can be set. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { FieldNote } from "@/ui/Field";

export interface CardProps {
  title: string;
  line?: string;
  /** What went well, said aloud as well. */
  news?: string | undefined;
  /** What went wrong, when it is about no field. */
  error?: string | undefined;
  children: ComponentChildren;
}

/** The card. */
export function Card({ title, line, news, error, children }: CardProps) {
  const id = useId();
  return (
    <section class="card settings-card" aria-labelledby={id}>
      <h2 id={id} class="section-title">
        {title}
      </h2>
      {line !== undefined && <p class="settings-line">{line}</p>}
      {children}
      {error !== undefined && <FieldNote id={`${id}-error`} text={error} isError />}
      <p class="settings-news" role="status">
        {error === undefined && news}
      </p>
    </section>
  );
}
