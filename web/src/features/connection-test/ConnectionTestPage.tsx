/** The page on which people learn, before a meeting, what their network and devices allow. */

import "@/features/connection-test/connection-test.css";
import { Copy, Download } from "lucide-preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { beginConnectionTest } from "@/api/connection-tests";
import { reportOf } from "@/features/connection-test/report";
import { StepRow } from "@/features/connection-test/StepRow";
import { judgeAll, lastTried, type Step } from "@/features/connection-test/steps";
import { testText } from "@/features/connection-test/strings";
import { Trial } from "@/features/connection-test/trial";
import { copyText } from "@/lib/clipboard";
import { readPlatform } from "@/lib/platform";
import { saveFile } from "@/lib/save-file";
import { browserTimers } from "@/lib/timers";
import { Button } from "@/ui/Button";
import { PageHeader } from "@/ui/PageHeader";
import { usePage } from "@/ui/page";

function useTrial(): Trial {
  const trial = useMemo(
    () =>
      new Trial({
        begin: beginConnectionTest,
        connect: async (url, token) => {
          const { createTestLine } = await import("@/media/test-line");
          return createTestLine(url, token);
        },
        timers: browserTimers,
      }),
    [],
  );
  useEffect(() => () => void trial.end(), [trial]);
  return trial;
}

function textOf(steps: readonly Step[]): string {
  const platform = readPlatform(navigator.userAgent, navigator.maxTouchPoints);
  return reportOf(steps, { platform, now: new Date(), host: location.host });
}

function Report({ steps }: { steps: readonly Step[] }) {
  const text = testText();
  const [news, setNews] = useState("");
  const copy = async () => {
    setNews((await copyText(textOf(steps))) ? text.copied : text.notCopied);
  };
  const save = () => saveFile(new Blob([textOf(steps)], { type: "text/plain" }), text.fileName);
  return (
    <div class="test-report">
      <div class="test-report-ways">
        <Button onClick={() => void copy()}>
          <Copy size={18} strokeWidth={1.9} aria-hidden="true" />
          {text.copy}
        </Button>
        <Button onClick={save}>
          <Download size={18} strokeWidth={1.9} aria-hidden="true" />
          {text.save}
        </Button>
      </div>
      <p class="field-hint">{text.about}</p>
      <p class="field-hint" role="status">
        {news}
      </p>
    </div>
  );
}

/** Says each step to those who cannot see the list fill. */
function Progress({ steps }: { steps: readonly Step[] }) {
  const text = testText();
  const last = lastTried(steps);
  return (
    <p class="sr-only" role="status">
      {last !== undefined && `${text.steps[last.name]}: ${text.states[last.state]}`}
    </p>
  );
}

/** Starts when asked, since it turns on camera and microphone. */
export default function ConnectionTestPage() {
  const trial = useTrial();
  const text = testText();
  const heading = usePage(text.title);
  const steps = trial.steps.value;
  const outcome = judgeAll(steps);
  const isRunning = trial.isRunning.value;
  const hasRun = steps.some(({ state }) => state !== "waiting");
  return (
    <div class="flex min-h-dvh flex-col">
      <PageHeader />
      <main class="test">
        <h1 ref={heading} tabIndex={-1} class="page-title">
          {text.title}
        </h1>
        <p class="test-lead">{text.lead}</p>
        <div class="test-acts">
          <Button
            kind="primary"
            size="large"
            busy={isRunning && text.running}
            onClick={() => void trial.run()}
          >
            {hasRun ? text.again : text.start}
          </Button>
        </div>
        <p class={`test-outcome test-outcome-${outcome ?? "none"}`} role="status">
          {outcome !== undefined && text.all[outcome]}
        </p>
        {isRunning && <Progress steps={steps} />}
        <ol class="card test-steps" aria-label={text.list}>
          {steps.map((step) => (
            <StepRow key={step.name} step={step} />
          ))}
        </ol>
        {outcome !== undefined && <Report steps={steps} />}
      </main>
    </div>
  );
}
