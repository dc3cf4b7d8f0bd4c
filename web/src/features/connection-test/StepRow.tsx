/** One thing that is tried: its sign, what was found, and what to do about it. */

import { CircleAlert, CircleCheckBig, CircleDot, TriangleAlert } from "lucide-preact";
import type { Step, StepState } from "@/features/connection-test/steps";
import { adviceOf, detailOf, testText } from "@/features/connection-test/strings";
import { Mark } from "@/ui/Mark";

const ICON = { size: 22, strokeWidth: 1.75, "aria-hidden": "true" } as const;

function Sign({ state }: { state: StepState }) {
  switch (state) {
    case "running":
      return <Mark size={20} state="walking" />;
    case "good":
      return <CircleCheckBig {...ICON} />;
    case "weak":
      return <TriangleAlert {...ICON} />;
    case "failed":
      return <CircleAlert {...ICON} />;
    case "skipped":
    case "waiting":
      return <CircleDot {...ICON} />;
  }
}

/** A row of the list; the sign is said in words as well. */
export function StepRow({ step }: { step: Step }) {
  const text = testText();
  const { name, state, finding } = step;
  const advice = finding === undefined ? undefined : adviceOf(finding.code);
  return (
    <li class={`test-step test-step-${state}`}>
      <span class="test-sign">
        <Sign state={state} />
      </span>
      <div class="test-words">
        <p class="test-name">
          {text.steps[name]}
          <span class="test-state">{text.states[state]}</span>
        </p>
        {finding !== undefined && <p class="test-said">{detailOf(finding)}</p>}
        {advice !== undefined && <p class="test-advice">{advice}</p>}
      </div>
    </li>
  );
}
