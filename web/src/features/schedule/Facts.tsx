/** What is known of a meeting, as a list of names and words. */

import type { Meeting } from "@/api/meetings";
import { openingWords } from "@/features/schedule/Door";
import type { Planned } from "@/features/schedule/editing";
import { meetingText } from "@/features/schedule/meeting-strings";
import { repeatWords } from "@/features/schedule/repeat-words";
import { readRule } from "@/features/schedule/rule";
import { formatSpan } from "@/i18n/format";

/** The list. */
export function Facts({ meeting, planned }: { meeting: Meeting; planned: Planned }) {
  const text = meetingText();
  const [starts, ends] = [new Date(planned.starts_at), new Date(planned.ends_at)];
  const there = formatSpan(starts, ends, meeting.time_zone);
  const here = formatSpan(starts, ends);
  const minutes = meeting.opens_before_min;
  const facts = [
    [text.when, `${there} (${meeting.time_zone.replaceAll("_", " ")})`],
    [text.own, here === there ? "" : here],
    [text.repeats, meeting.rule === "" ? "" : wordsOfRule(meeting)],
    [text.organiser, meeting.organiser],
    [text.opens, minutes === null ? "" : openingWords(String(minutes))],
    [text.agenda, planned.agenda],
  ] as const;
  return (
    <dl class="schedule-facts">
      {facts.map(
        ([name, fact]) =>
          fact !== "" && (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{fact}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function wordsOfRule({ rule, start, time_zone }: Meeting): string {
  return repeatWords(readRule(rule, start, time_zone), start.slice(0, 10));
}
