/** Frames of the sheet. */
import type { ComponentChildren } from "preact";

/** One kind of component. */
export function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card sheet-card" aria-label={title}>
      <h2 class="sheet-title">{title}</h2>
      {children}
    </section>
  );
}

/** One state of it, or several beside each other. */
export function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="sheet-line">
      <span class="sheet-name">{name}</span>
      {children}
    </div>
  );
}
