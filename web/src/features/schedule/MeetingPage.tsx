/** The page of one meeting: when it is, who comes, and everything that can be done about it. */

import "@/features/schedule/meeting.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { createLoading } from "@/api/asking";
import type { Meeting } from "@/api/meetings";
import { AnswerCard } from "@/features/schedule/AnswerCard";
import { Attendance } from "@/features/schedule/Attendance";
import { CallOff } from "@/features/schedule/CallOff";
import { Coming } from "@/features/schedule/Coming";
import { CopyLine } from "@/features/schedule/CopyLine";
import { EditForm } from "@/features/schedule/EditForm";
import { Facts } from "@/features/schedule/Facts";
import { GuestLinks } from "@/features/schedule/GuestLinks";
import { meetingText } from "@/features/schedule/meeting-strings";
import { type Opened, openMeeting, pathOfTime } from "@/features/schedule/opened";
import { scheduleText } from "@/features/schedule/strings";
import { WaitingRoom } from "@/features/schedule/WaitingRoom";
import { formatSpan } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { usePage } from "@/ui/page";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

export interface MeetingPageProps {
  id: string;
  /** Which of its times; without one it is the next. */
  at: string | undefined;
}

/** The page, as soon as the meeting is there. */
export function MeetingPage({ id, at }: MeetingPageProps) {
  const text = meetingText();
  const loading = useMemo(() => createLoading(() => openMeeting(id, at, new Date())), [id, at]);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  if (loaded.name === "ready") {
    return <Whole opened={loaded.value} onChanged={() => void loading.load()} />;
  }
  return (
    <>
      <Back />
      <section class="card schedule-card">
        {loaded.name === "loading" ? (
          <SkeletonRows />
        ) : (
          <>
            <h1 class="section-title">{text.notFound}</h1>
            <Trouble text={loaded.error} onRetry={() => void loading.load()} />
          </>
        )}
      </section>
    </>
  );
}

function Back() {
  return (
    <a class="schedule-back" href="/schedule">
      {meetingText().back}
    </a>
  );
}

interface WholeProps {
  opened: Opened;
  onChanged: () => void;
}

function Whole({ opened, onChanged }: WholeProps) {
  const { url, route } = useLocation();
  const [doing, setDoing] = useState<"nothing" | "editing" | "ending">("nothing");
  const { meeting, planned } = opened;
  const rest = () => setDoing("nothing");
  if (doing === "editing") {
    const save = (saved: Meeting) => {
      rest();
      // Later times that are changed become a meeting of their own; a series that moved has other times.
      const isSame = saved.id === meeting.id && saved.start === meeting.start;
      const address = `/schedule/${saved.id}`;
      isSame || url === address ? onChanged() : route(address, true);
    };
    return <EditForm opened={opened} planned={planned} onSaved={save} onDiscard={rest} />;
  }
  return (
    <>
      <Back />
      <Head
        opened={opened}
        onEdit={() => setDoing("editing")}
        onCallOff={() => setDoing("ending")}
      />
      <Cards opened={opened} onChanged={onChanged} />
      {doing === "ending" && (
        <CallOff
          planned={{
            ...planned,
            meeting_id: meeting.id,
            is_repeated: meeting.rule !== "",
            part: meeting.part,
          }}
          onClose={rest}
          onDone={() => route("/schedule")}
        />
      )}
    </>
  );
}

interface HeadProps {
  opened: Opened;
  onEdit: () => void;
  onCallOff: () => void;
}

function Head({ opened, onEdit, onCallOff }: HeadProps) {
  const text = meetingText();
  const words = scheduleText();
  const { meeting, planned } = opened;
  const heading = usePage(planned.title);
  const isOn = meeting.status === "planned" && !opened.isRemoved;
  const isRunning = meeting.part !== "attendee";
  // Of one that is called off only all of it can end, which it has.
  const canCallOff = isRunning && (meeting.part === "organiser" || meeting.rule !== "");
  return (
    <div class="schedule-head">
      <div class="schedule-name">
        <h1 ref={heading} tabIndex={-1} class="page-title" dir="auto">
          {planned.title}
        </h1>
        {!isOn && <p class="schedule-off">{stateWords(opened)}</p>}
      </div>
      {isOn && canCallOff && (
        <Button kind="plain" onClick={onCallOff}>
          {words.callOff}
        </Button>
      )}
      {isOn && isRunning && <Button onClick={onEdit}>{text.edit}</Button>}
      {isOn && (
        <a class="button button-primary" href={`/${meeting.room_code}`}>
          {words.enter}
        </a>
      )}
    </div>
  );
}

function stateWords({ meeting, isRemoved }: Opened): string {
  const text = meetingText();
  if (meeting.status === "missed") {
    return text.missed;
  }
  return isRemoved && meeting.status === "planned" ? text.calledOffOnce : text.calledOff;
}

function Cards({ opened, onChanged }: WholeProps) {
  const text = meetingText();
  const { meeting, planned, later } = opened;
  const isOn = meeting.status === "planned" && !opened.isRemoved;
  const isRunning = meeting.part !== "attendee";
  const hasBegun = Date.parse(planned.starts_at) <= Date.now();
  return (
    <div class="schedule-columns">
      <div>
        <section class="card schedule-card" aria-label={planned.title}>
          <Facts meeting={meeting} planned={planned} />
          {isOn && <CopyLine address={meeting.url} />}
        </section>
        {isOn && planned.answer !== null && (
          <AnswerCard meeting={meeting} planned={planned} onAnswered={onChanged} />
        )}
        {isRunning && (
          <Coming
            meeting={meeting}
            at={opened.isRemoved ? undefined : planned.recurrence}
            isOn={isOn}
          />
        )}
        {isRunning && hasBegun && <Attendance meeting={meeting.id} at={planned.recurrence} />}
      </div>
      <div>
        {isRunning && isOn && <WaitingRoom code={meeting.room_code} />}
        {isRunning && isOn && <GuestLinks meeting={meeting.id} />}
        {later.length > 0 && (
          <section class="card schedule-card" aria-labelledby="later">
            <h2 id="later" class="section-title">
              {text.others}
            </h2>
            <ul class="schedule-later">
              {later.map((one) => (
                <li key={one.recurrence}>
                  <a class="schedule-title" href={pathOfTime(one)}>
                    {formatSpan(new Date(one.starts_at), new Date(one.ends_at))}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}
