/** Whom to invite: addresses become chips when they are whole. */

import { X } from "lucide-preact";
import { useState } from "preact/hooks";
import { type Draft, withInvited } from "@/features/schedule/draft";
import { scheduleText } from "@/features/schedule/strings";
import { Field } from "@/ui/Field";

export interface InvitedProps {
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
}

/** The field and the chips below it. */
export function Invited({ draft, onChange }: InvitedProps) {
  const text = scheduleText();
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const take = (words: string) => {
    const { invited, left } = withInvited(draft, words);
    onChange({ invited });
    setTyped(left);
    setWrong(left !== "");
  };
  const type = (words: string) => {
    if (/[,;]\s*$/.test(words)) {
      take(words);
    } else {
      setTyped(words);
      setWrong(false);
    }
  };
  return (
    // Enter takes the address; it does not save the meeting.
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the field inside
    <div
      class="schedule-invited"
      onKeyDown={(event) => {
        if (event.key === "Enter" && typed.trim() !== "") {
          event.preventDefault();
          take(typed);
        }
      }}
      onFocusOut={() => typed.trim() !== "" && take(typed)}
    >
      <Field
        label={text.invited}
        hint={text.invitedHint}
        inputMode="email"
        autoComplete="off"
        value={typed}
        onValue={type}
        error={isWrong ? text.invitedWrong : undefined}
      />
      {draft.invited.length > 0 && (
        <ul class="schedule-chips" aria-label={text.invited}>
          {draft.invited.map((email) => (
            <li key={email} class="schedule-chip">
              <span>{email}</span>
              <button
                type="button"
                class="icon-button icon-button-small"
                aria-label={text.remove(email)}
                onClick={() => onChange({ invited: draft.invited.filter((one) => one !== email) })}
              >
                <X size={16} strokeWidth={1.75} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
