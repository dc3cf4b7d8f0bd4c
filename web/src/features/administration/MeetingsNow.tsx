/** Who meets now: each room with its people, and the way to end it. */

import "@/features/administration/administration.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import {
  endMeetingNow,
  listMeetingsNow,
  type MeetingNow,
  type PersonInside,
} from "@/api/administration";
import { guarded } from "@/api/guarded";
import { EndDialog } from "@/features/administration/EndDialog";
import { createMeetingsNow } from "@/features/administration/meetings-now";
import { Nothing, type RefusedProps, Section } from "@/features/administration/Section";
import { administrationText } from "@/features/administration/strings";
import { Table } from "@/features/administration/Table";
import { formatList, formatMoment, formatNumber, formatTime } from "@/i18n/format";
import { browserTimers } from "@/lib/timers";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

const isSeen = () => document.visibilityState === "visible";

/** The page. */
export function MeetingsNow({ onRefused }: RefusedProps) {
  const text = administrationText();
  const state = useMemo(() => {
    const list = guarded(listMeetingsNow, onRefused);
    return createMeetingsNow({ list, timers: browserTimers, isSeen });
  }, []);
  const [asked, setAsked] = useState<MeetingNow>();
  const [news, setNews] = useState("");
  useEffect(() => state.follow(), [state]);
  const found = state.found.value;
  const error = state.error.value;
  if (found === undefined) {
    return error === undefined ? (
      <SkeletonRows count={4} />
    ) : (
      <Trouble text={error} onRetry={() => void state.load()} />
    );
  }
  const end = async ({ code, title }: MeetingNow) => {
    await endMeetingNow(code);
    setNews(text.hasEnded(title || code));
    await state.load();
  };
  return (
    <div class="administration">
      <p class="administration-line" role="status">
        {found.rooms > 0 && text.now(formatNumber(found.rooms), formatNumber(found.people))}
        {found.others > 0 && ` ${text.others(formatNumber(found.others))}`}
      </p>
      <p class="administration-news" role="status">
        {news}
      </p>
      {error !== undefined && (
        <p class="note note-danger" role="alert">
          {text.old(error)}
        </p>
      )}
      {found.items.length === 0 && (
        <div class="card administration-card">
          <Nothing title={text.nobody} line={text.nobodyLine} />
        </div>
      )}
      {found.items.map((meeting) => (
        <Meeting key={meeting.code} meeting={meeting} onEnd={() => setAsked(meeting)} />
      ))}
      {asked !== undefined && (
        <EndDialog meeting={asked} end={() => end(asked)} onClose={() => setAsked(undefined)} />
      )}
    </div>
  );
}

function Meeting({ meeting, onEnd }: { meeting: MeetingNow; onEnd: () => void }) {
  const text = administrationText();
  const name = meeting.title || meeting.code;
  const count = formatNumber(meeting.participant_count);
  return (
    <Section
      title={name}
      line={text.since(meeting.code, formatMoment(new Date(meeting.started_at)))}
      tools={
        <Button size="small" aria-label={text.endOf(name)} onClick={onEnd}>
          {text.end}
        </Button>
      }
    >
      <details class="administration-more">
        <summary>{text.inside(count)}</summary>
        <Table
          label={text.insideOf(name)}
          columns={[text.person, text.role, text.came, text.sends, text.connection]}
          rows={meeting.participants.map((one) => ({
            key: one.identity,
            head: <Name person={one} />,
            cells: [
              one.is_agent ? text.agent : text.roles[one.role],
              formatTime(new Date(one.joined_at)),
              sent(one),
              one.quality === null ? text.unmeasured : text.qualities[one.quality],
            ],
          }))}
        />
      </details>
    </Section>
  );
}

function Name({ person }: { person: PersonInside }) {
  const name = person.name || person.identity;
  return (
    <span class="administration-person">
      <Avatar name={name} identity={person.identity} size={28} />
      <span dir="auto">{name}</span>
    </span>
  );
}

/** What somebody shows and lets hear, in words. */
function sent(person: PersonInside): string {
  const text = administrationText();
  const found = [
    person.has_microphone && text.microphone,
    person.has_camera && text.camera,
    person.has_screen && text.screen,
  ].filter((words) => words !== false);
  return found.length === 0 ? text.nothingSent : formatList(found);
}
