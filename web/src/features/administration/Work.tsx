/** What the server does afterwards: letters, reminders and the like, and what became of them. */

import "@/features/administration/administration.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import {
  cancelJob,
  countJobs,
  type Job,
  type JobCount,
  type JobState,
  listJobs,
  retryJob,
} from "@/api/administration";
import { createLoading } from "@/api/asking";
import { guarded } from "@/api/guarded";
import { type Act, Acting } from "@/features/administration/Acting";
import { type RefusedProps, Said, Section } from "@/features/administration/Section";
import { administrationText } from "@/features/administration/strings";
import type { TableRow } from "@/features/administration/Table";
import { workText } from "@/features/administration/work-strings";
import { formatList, formatMoment, formatNumber } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";

const STATES: readonly JobState[] = ["waiting", "failed", "done", "cancelled"];

/** The page. */
export function Work({ onRefused }: RefusedProps) {
  const text = workText();
  const counts = useMemo(() => createLoading(guarded(countJobs, onRefused)), []);
  const [state, setState] = useState("");
  const [kind, setKind] = useState("");
  useEffect(() => void counts.load(), [counts]);
  const loaded = counts.state.value;
  const counted = loaded.name === "ready" ? loaded.value : [];
  const kinds = [...new Set(counted.map((one) => one.kind))];
  return (
    <div class="administration">
      <Section title={text.title} line={summary(counted) ?? text.line}>
        <div class="administration-filters">
          <Choice
            label={text.state}
            value={state}
            options={[["", text.every], ...STATES.map((one) => [one, text.states[one]] as const)]}
            onValue={setState}
          />
          <Choice
            label={text.kind}
            value={kind}
            options={[["", text.every], ...kinds.map((one) => [one, kindWords(one)] as const)]}
            onValue={setKind}
          />
        </div>
        <Acting
          key={`${state} ${kind}`}
          id="jobs"
          label={text.title}
          columns={[text.kind, text.state, text.created, text.attempts, text.failure]}
          list={(cursor) => listJobs(state, kind, cursor)}
          row={rowOf}
          nothing={{ title: text.nothing, line: text.nothingLine }}
          onDone={() => void counts.load()}
        />
      </Section>
    </div>
  );
}

/** How many wait and how many failed, or nothing while all is well. */
function summary(counted: readonly JobCount[]): string | undefined {
  const text = workText();
  const total = (state: JobState) =>
    counted.filter((one) => one.state === state).reduce((sum, one) => sum + one.count, 0);
  const found = (["failed", "waiting"] as const)
    .filter((state) => total(state) > 0)
    .map((state) => text.total[state](formatNumber(total(state))));
  return found.length === 0 ? undefined : text.summary(formatList(found));
}

function kindWords(kind: string): string {
  const { kinds } = workText();
  return Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kind;
}

function rowOf(job: Job, act: Act<Job>, isBusy: boolean): TableRow {
  const [text, common] = [workText(), administrationText()];
  const name = kindWords(job.kind);
  const isOpen = job.state === "waiting" || job.state === "failed";
  return {
    key: job.id,
    head: name,
    cells: [
      <span class={`administration-state administration-${job.state}`}>
        {text.states[job.state]}
      </span>,
      formatMoment(new Date(job.created_at)),
      formatNumber(job.attempts),
      job.failure === "" ? common.none : <Said words={job.failure} />,
    ],
    actions: isOpen && (
      <>
        <Button
          size="small"
          aria-label={text.retryOf(name)}
          busy={isBusy && text.working}
          onClick={() => act(job, text.retried(name), () => retryJob(job.id))}
        >
          {text.retry}
        </Button>
        <Button
          size="small"
          kind="plain"
          aria-label={text.cancelOf(name)}
          disabled={isBusy}
          onClick={() => act(job, text.hasCancelled(name), () => cancelJob(job.id))}
        >
          {text.cancel}
        </Button>
      </>
    ),
  };
}
