/** The form that changes a meeting: one of its times, that and all later ones, or all. */

import { useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { ApiError } from "@/api/client";
import {
  changeMeeting,
  changeOccurrence,
  getMeeting,
  type Meeting,
  type MeetingChange,
  type OccurrenceChange,
  type TaggedMeeting,
} from "@/api/meetings";
import { AgendaField } from "@/features/schedule/AgendaField";
import { Opening } from "@/features/schedule/Door";
import { type Draft, faultsOf } from "@/features/schedule/draft";
import {
  changedMeanwhile,
  changeOf,
  draftOf,
  type EditReach,
  type Planned,
} from "@/features/schedule/editing";
import { FormHead } from "@/features/schedule/FormHead";
import { Radios } from "@/features/schedule/fields";
import { meetingText } from "@/features/schedule/meeting-strings";
import { Preview } from "@/features/schedule/Preview";
import { Repeating } from "@/features/schedule/Repeating";
import { scheduleText } from "@/features/schedule/strings";
import { When } from "@/features/schedule/When";
import { formatList } from "@/i18n/format";
import { Field, FieldNote } from "@/ui/Field";
import { usePage } from "@/ui/page";

const REACHES: readonly EditReach[] = ["this", "this_and_following", "all"];

export interface EditFormProps {
  opened: TaggedMeeting;
  planned: Planned;
  onSaved: (meeting: Meeting) => void;
  onDiscard: () => void;
}

/** The page with the form. */
export function EditForm({ opened, planned, onSaved, onDiscard }: EditFormProps) {
  const text = meetingText();
  const words = scheduleText();
  const heading = usePage(text.editTitle);
  const edit = useEdit(opened, planned, onSaved);
  const { draft, reach, faults, note } = edit;
  const { meeting } = opened;
  return (
    <form class="schedule-form" noValidate onSubmit={(event) => void edit.save(event)}>
      <FormHead
        heading={heading}
        title={text.editTitle}
        onDiscard={onDiscard}
        save={text.saveChange}
        busy={edit.isBusy && words.saving}
      />
      {note !== undefined && <FieldNote id="edit-error" text={note.text} isError={note.isError} />}
      <div class="schedule-columns">
        <section class="card schedule-card">
          {meeting.rule !== "" && (
            <Radios
              name="reach"
              label={text.reach}
              value={reach}
              options={REACHES.map((one) => [one, words.reaches[one]])}
              onValue={edit.choose}
            />
          )}
          {meeting.rule !== "" && reach === "all" && <p class="schedule-note">{text.firstTime}</p>}
          <Field
            label={words.name}
            size="large"
            maxLength={200}
            autoComplete="off"
            value={draft.title}
            onValue={(title) => edit.change({ title })}
            error={faults.includes("title") ? words.nameMissing : undefined}
          />
          <When draft={draft} faults={faults} hasZone={reach === "all"} onChange={edit.change} />
          {reach !== "this" && <Repeating draft={draft} faults={faults} onChange={edit.change} />}
          <AgendaField value={draft.agenda} onValue={(agenda) => edit.change({ agenda })} />
          {reach === "all" && <Opening draft={draft} onChange={edit.change} />}
        </section>
        <Preview draft={draft} except={meeting.id} />
      </div>
    </form>
  );
}

interface Note {
  text: string;
  isError: boolean;
}

function useEdit(opened: TaggedMeeting, planned: Planned, onSaved: (meeting: Meeting) => void) {
  const text = meetingText();
  const [known, setKnown] = useState(opened);
  const [reach, setReach] = useState<EditReach>(opened.meeting.rule === "" ? "all" : "this");
  const [before, setBefore] = useState(() => draftOf(opened.meeting, planned, reach));
  const [draft, setDraft] = useState(before);
  const [isTried, setTried] = useState(false);
  const [note, setNote] = useState<string | undefined>();
  const asking = useMemo(createAsking, []);
  const choose = (chosen: EditReach) => {
    const fresh = draftOf(known.meeting, planned, chosen);
    // Words that were typed already are meant for the other reach as well.
    const typed = (key: "title" | "agenda") =>
      draft[key] === before[key] ? fresh[key] : draft[key];
    setReach(chosen);
    setBefore(fresh);
    setDraft({ ...fresh, title: typed("title"), agenda: typed("agenda") });
  };
  const save = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    const change = changeOf(before, draft, reach);
    if (faultsOf(draft).length > 0) {
      return;
    }
    if (change === undefined) {
      setNote(text.unchanged);
      return;
    }
    setNote(undefined);
    await asking.run(async () => {
      try {
        onSaved(await send(known, planned, change));
      } catch (error) {
        if (!(error instanceof ApiError && error.code === "changed_meanwhile")) {
          throw error;
        }
        const now = await getMeeting(known.meeting.id);
        const parts = changedMeanwhile(known.meeting, now.meeting);
        const names = parts.map((part) => text.changedParts[part]);
        setKnown(now);
        setNote(text.changedByOthers(names.length > 0 ? formatList(names) : text.changedOther));
      }
    });
  };
  const error = asking.error.value;
  const shown: Note | undefined =
    error === undefined
      ? note === undefined
        ? undefined
        : { text: note, isError: note !== text.unchanged }
      : { text: error, isError: true };
  return {
    draft,
    reach,
    choose,
    save,
    note: shown,
    isBusy: asking.isBusy.value,
    faults: isTried ? faultsOf(draft) : [],
    change: (changed: Partial<Draft>) => setDraft((was) => ({ ...was, ...changed })),
  };
}

function send(
  { meeting, tag }: TaggedMeeting,
  planned: Planned,
  change: MeetingChange | OccurrenceChange,
): Promise<Meeting> {
  return "scope" in change
    ? changeOccurrence(meeting.id, planned.recurrence, change as OccurrenceChange, tag)
    : changeMeeting(meeting.id, change as MeetingChange, tag);
}
