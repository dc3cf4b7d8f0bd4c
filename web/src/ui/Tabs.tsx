/** Parts of a card, one shown at a time: arrows go from tab to tab, as ARIA's pattern has it. */

import "@/ui/tabs.css";
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

export interface TabsProps<T extends string> {
  /** Name of the list, for the screen reader. */
  label: string;
  tabs: readonly (readonly [T, string])[];
  chosen: T;
  onChoose: (chosen: T) => void;
  /** What the chosen tab shows. */
  children: ComponentChildren;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** The tabs, and what the chosen one shows. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<T>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const index = tabs.findIndex(([name]) => name === chosen);
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const ends: Record<string, number> = { Home: 0, End: tabs.length - 1 };
    const next = step === undefined ? ends[event.key] : (index + step + tabs.length) % tabs.length;
    const tab = next === undefined ? undefined : tabs[next];
    if (next !== undefined && tab !== undefined) {
      event.preventDefault();
      onChoose(tab[0]);
      list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
    }
  };
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(([name, words]) => (
          <button
            key={name}
            type="button"
            id={`${id}-${name}`}
            role="tab"
            class="tab"
            aria-selected={name === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
          >
            {words}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" class="tab-panel" aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </>
  );
}
