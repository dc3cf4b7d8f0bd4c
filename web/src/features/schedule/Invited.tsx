/** Whom to invite: names that are known are suggested, addresses become chips when they are whole. */

import { Crown, X } from "lucide-preact";
import { useId, useMemo, useState } from "preact/hooks";
import { listGroups } from "@/api/inviting";
import { listContacts, searchPeople } from "@/api/people";
import { type Named, readAddresses, withNamed } from "@/features/schedule/draft";
import { SuggestionList } from "@/features/schedule/SuggestionList";
import { scheduleText } from "@/features/schedule/strings";
import { createSuggestions, type Suggestion } from "@/features/schedule/suggestions";
import { browserTimers } from "@/lib/timers";
import { Avatar } from "@/ui/Avatar";
import { FieldNote } from "@/ui/Field";

export interface InvitedProps {
  invited: readonly Named[];
  /** Oneself, who needs no invitation. */
  ownId: string | undefined;
  label: string;
  /** Whether people with an account can be made co-hosts. */
  namesCohosts: boolean;
  onChange: (invited: readonly Named[]) => void;
}

function useSuggestions(ownId: string | undefined) {
  const suggestions = useMemo(
    () =>
      createSuggestions({
        listContacts: async () => (await listContacts()).items,
        listGroups,
        search: async (words) => (await searchPeople(words)).items,
        timers: browserTimers,
      }),
    [],
  );
  const found = suggestions.found.value.filter(({ key }) => key !== ownId);
  return { found, type: suggestions.type };
}

/** The field and the chips below it. */
export function Invited({ invited, ownId, label, namesCohosts, onChange }: InvitedProps) {
  const text = scheduleText();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const [active, setActive] = useState(-1);
  const { found, type: suggest } = useSuggestions(ownId);
  const write = (words: string) => {
    setTyped(words);
    setWrong(false);
    setActive(-1);
    suggest(words);
  };
  const take = (words: string) => {
    const { named, left } = readAddresses(words);
    onChange(withNamed(invited, named));
    write(left);
    setWrong(left !== "");
  };
  const choose = (chosen: Suggestion) => {
    onChange(withNamed(invited, chosen.named));
    write("");
  };
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const from = step > 0 ? active : Math.max(0, active);
      setActive((from + step + found.length) % found.length);
    } else if (event.key === "Escape" && found.length > 0) {
      event.stopPropagation();
      suggest("");
    } else if (event.key === "Enter" && typed.trim() !== "") {
      // Enter takes the address; it does not save the meeting.
      event.preventDefault();
      const chosen = found[active];
      chosen === undefined ? take(typed) : choose(chosen);
    }
  };
  const note = `${id}-note`;
  return (
    <div class="schedule-invited">
      <div class="field">
        <label class="field-label" for={id}>
          {label}
        </label>
        <input
          id={id}
          class="input"
          type="text"
          inputMode="email"
          autoComplete="off"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
          aria-invalid={isWrong}
          aria-describedby={note}
          value={typed}
          onInput={({ currentTarget: { value } }) =>
            /[,;\n]\s*$/.test(value) ? take(value) : write(value)
          }
          onPaste={(event) => {
            const pasted = event.clipboardData?.getData("text") ?? "";
            if (/[,;\n]/.test(pasted)) {
              event.preventDefault();
              take(`${typed} ${pasted}`);
            }
          }}
          onKeyDown={press}
          onBlur={() => {
            suggest("");
            if (typed.includes("@")) {
              take(typed);
            }
          }}
        />
        <SuggestionList id={id} found={found} active={active} onChoose={choose} />
        <FieldNote
          id={note}
          text={isWrong ? text.invitedWrong : text.invitedHint}
          isError={isWrong}
        />
      </div>
      {invited.length > 0 && (
        <ul class="schedule-chips" aria-label={text.invitedList}>
          {invited.map((one) => (
            <Chip
              key={one.key}
              named={one}
              canHost={namesCohosts && one.userId !== undefined}
              onHost={(isCohost) =>
                onChange(invited.map((each) => (each === one ? { ...one, isCohost } : each)))
              }
              onRemove={() => onChange(invited.filter((each) => each !== one))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface ChipProps {
  named: Named;
  canHost: boolean;
  onHost: (isCohost: boolean) => void;
  onRemove: () => void;
}

function Chip({ named, canHost, onHost, onRemove }: ChipProps) {
  const text = scheduleText();
  const name = named.name === "" ? named.key : named.name;
  return (
    <li class="schedule-chip">
      <Avatar name={name} identity={named.key} size={24} />
      <span dir="auto" title={named.email}>
        {name}
      </span>
      {canHost && (
        <button
          type="button"
          class="icon-button icon-button-small"
          aria-pressed={named.isCohost}
          aria-label={text.cohost(name)}
          title={text.cohost(name)}
          onClick={() => onHost(!named.isCohost)}
        >
          <Crown size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        class="icon-button icon-button-small"
        aria-label={text.remove(name)}
        onClick={onRemove}
      >
        <X size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </li>
  );
}
