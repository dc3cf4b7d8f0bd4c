/** The names that appear below a field while somebody types. */

import { Users } from "lucide-preact";
import { scheduleText } from "@/features/schedule/strings";
import type { Suggestion } from "@/features/schedule/suggestions";
import { classes } from "@/lib/class";
import { Avatar } from "@/ui/Avatar";

export interface SuggestionListProps {
  /** Of the field; that of the list and of each row are made of it. */
  id: string;
  found: readonly Suggestion[];
  active: number;
  onChoose: (chosen: Suggestion) => void;
}

/** The list; it is there without rows too, since the field names it. */
export function SuggestionList({ id, found, active, onChoose }: SuggestionListProps) {
  const text = scheduleText();
  return (
    <>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={text.suggested}
        class={classes("schedule-suggestions", found.length === 0 && "hidden")}
      >
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
          <div
            key={one.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            class="schedule-suggestion"
            // The field keeps the focus, so that it does not take what was typed for an address.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(one)}
          >
            {one.isGroup ? (
              <Users size={20} strokeWidth={1.75} aria-hidden="true" />
            ) : (
              <Avatar name={one.name} identity={one.key} size={24} />
            )}
            <span class="grow" dir="auto">
              {one.name}
            </span>
            {one.isGroup && <span class="schedule-note">{text.groupOf(one.named.length)}</span>}
          </div>
        ))}
      </div>
      <span class="sr-only" role="status">
        {found.length > 0 && text.suggestions(found.length)}
      </span>
    </>
  );
}
