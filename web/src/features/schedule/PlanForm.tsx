/** The form that plans a meeting, with a preview beside it. */

import { useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { type Meeting, planMeeting } from "@/api/meetings";
import {
  type Draft,
  type DraftFault,
  faultsOf,
  freshDraft,
  planOf,
} from "@/features/schedule/draft";
import { Invited } from "@/features/schedule/Invited";
import { Preview } from "@/features/schedule/Preview";
import { scheduleText } from "@/features/schedule/strings";
import { When } from "@/features/schedule/When";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { usePage } from "@/ui/page";

export interface PlanFormProps {
  onSaved: (meeting: Meeting) => void;
  onDiscard: () => void;
}

/** The page with the form. */
export function PlanForm({ onSaved, onDiscard }: PlanFormProps) {
  const text = scheduleText();
  const heading = usePage(text.plan);
  const [draft, setDraft] = useState(ownDraft);
  const [isTried, setTried] = useState(false);
  const asking = useMemo(createAsking, []);
  // Sent again after a failure that left nothing behind, or something that was not heard of, it plans once.
  const key = useMemo(() => crypto.randomUUID(), [draft]);
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }));
  const faults: readonly DraftFault[] = isTried ? faultsOf(draft) : [];
  const save = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (faultsOf(draft).length === 0) {
      await asking.run(async () => onSaved(await planMeeting(planOf(draft), key)));
    }
  };
  const error = asking.error.value;
  return (
    <form class="schedule-form" noValidate onSubmit={(event) => void save(event)}>
      <div class="schedule-head">
        <h1 ref={heading} tabIndex={-1} class="page-title">
          {text.plan}
        </h1>
        <Button kind="plain" onClick={onDiscard}>
          {text.discard}
        </Button>
        <Button kind="primary" type="submit" busy={asking.isBusy.value && text.saving}>
          {draft.invited.length > 0 ? text.save : text.saveAlone}
        </Button>
      </div>
      {error !== undefined && <FieldNote id="plan-error" text={error} isError />}
      <div class="schedule-columns">
        <section class="card schedule-card">
          <Field
            label={text.name}
            size="large"
            maxLength={200}
            autoComplete="off"
            value={draft.title}
            onValue={(title) => change({ title })}
            error={faults.includes("title") ? text.nameMissing : undefined}
          />
          <When draft={draft} faults={faults} onChange={change} />
          <Invited draft={draft} onChange={change} />
          <div class="field">
            <label class="field-label" for="plan-agenda">
              {text.agenda}
            </label>
            <textarea
              id="plan-agenda"
              class="input schedule-agenda"
              rows={4}
              maxLength={3000}
              value={draft.agenda}
              onInput={(event) => change({ agenda: event.currentTarget.value })}
            />
          </div>
        </section>
        <Preview draft={draft} />
      </div>
    </form>
  );
}

function ownDraft(): Draft {
  return freshDraft(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone);
}
