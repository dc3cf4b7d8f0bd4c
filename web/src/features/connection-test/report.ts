/** What was found, as text for whoever is asked for help: no address, no token, no name. */

import type { Step } from "@/features/connection-test/steps";
import { detailOf, testText } from "@/features/connection-test/strings";
import { formatMoment } from "@/i18n/format";
import type { Platform } from "@/lib/platform";

export interface ReportContext {
  platform: Platform;
  now: Date;
  host: string;
}

/** A line for each step, under where and when it was tried. */
export function reportOf(steps: readonly Step[], { platform, now, host }: ReportContext): string {
  const text = testText();
  const head = [
    `${text.title}: ${host}`,
    formatMoment(now),
    `${platform.browser}, ${platform.system}`,
  ];
  const lines = steps.map((step) => {
    const said = step.finding === undefined ? "" : ` ${detailOf(step.finding)}`;
    return `${text.steps[step.name]}: ${text.states[step.state]}.${said}`;
  });
  return `${[...head, "", ...lines].join("\n")}\n`;
}
