/** The form that plans a meeting, with a preview beside it. */

import { useMemo, useState } from "preact/hooks";
import { accountStanding } from "@/api/account-session";
import { createAsking } from "@/api/asking";
import { ApiError } from "@/api/client";
import { type Meeting, planMeeting } from "@/api/meetings";
import { changeSettings } from "@/api/own-room";
import { AgendaField } from "@/features/schedule/AgendaField";
import { Door } from "@/features/schedule/Door";
import {
  type Draft,
  type DraftFault,
  faultsOf,
  freshDraft,
  planOf,
} from "@/features/schedule/draft";
import { FormHead } from "@/features/schedule/FormHead";
import { Invited } from "@/features/schedule/Invited";
import { Preview } from "@/features/schedule/Preview";
import { Repeating } from "@/features/schedule/Repeating";
import { scheduleText } from "@/features/schedule/strings";
import { When } from "@/features/schedule/When";
import { Field, FieldNote } from "@/ui/Field";
import { usePage } from "@/ui/page";

/** What was planned; its waiting room may have been too much. */
export interface Saved {
  meeting: Meeting;
  lacksWaitingRoom: boolean;
}

export interface PlanFormProps {
  /** A room that was chosen before. */
  room?: string;
  onSaved: (saved: Saved) => void;
  onDiscard: () => void;
}

/** The page with the form. */
export function PlanForm({ room = "", onSaved, onDiscard }: PlanFormProps) {
  const text = scheduleText();
  const heading = usePage(text.plan);
  const [draft, setDraft] = useState<Draft>(() => ({ ...ownDraft(), room }));
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
      await asking.run(async () => onSaved(await plan(draft, key)));
    }
  };
  const error = asking.error.value;
  const standing = accountStanding.value;
  return (
    <form class="schedule-form" noValidate onSubmit={(event) => void save(event)}>
      <FormHead
        heading={heading}
        title={text.plan}
        onDiscard={onDiscard}
        save={draft.invited.length > 0 ? text.save : text.saveAlone}
        shortSave={text.saveAlone}
        busy={asking.isBusy.value && text.saving}
      />
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
          <When draft={draft} faults={faults} hasZone onChange={change} />
          <Repeating draft={draft} faults={faults} onChange={change} />
          <Invited
            label={text.invited}
            invited={draft.invited}
            ownId={standing.name === "in" ? standing.profile.id : undefined}
            namesCohosts
            onChange={(invited) => change({ invited })}
          />
          <AgendaField value={draft.agenda} onValue={(agenda) => change({ agenda })} />
          <Door draft={draft} onChange={change} />
        </section>
        <Preview draft={draft} invited={draft.invited.length} />
      </div>
    </form>
  );
}

async function plan(draft: Draft, key: string): Promise<Saved> {
  const meeting = await planMeeting(planOf(draft), key);
  if (draft.hasWaitingRoom) {
    try {
      await changeSettings(meeting.room_code, { waiting_room: true });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      // The meeting stands and people were written to: that is not undone for a switch.
      return { meeting, lacksWaitingRoom: true };
    }
  }
  return { meeting, lacksWaitingRoom: false };
}

function ownDraft(): Draft {
  return freshDraft(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone);
}
