/** How much the organisation meets: the last thirty days, and what is kept. */

import "@/features/administration/administration.css";
import "@/features/administration/chart.css";
import { useEffect, useMemo } from "preact/hooks";
import { getUsage, type Usage } from "@/api/administration";
import { createLoading } from "@/api/asking";
import { guarded } from "@/api/guarded";
import { Ratings } from "@/features/administration/Ratings";
import { Figure, type RefusedProps, Section } from "@/features/administration/Section";
import { administrationText } from "@/features/administration/strings";
import { UsageChart } from "@/features/administration/UsageChart";
import { ownZone } from "@/features/administration/zone";
import { formatNumber, formatSize } from "@/i18n/format";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

const MINUTES = 60;

/** The page. */
export function Overview({ onRefused }: RefusedProps) {
  const text = administrationText();
  const usage = useMemo(() => createLoading(guarded(() => getUsage(ownZone()), onRefused)), []);
  useEffect(() => void usage.load(), [usage]);
  const loaded = usage.state.value;
  if (loaded.name === "loading") {
    return <SkeletonRows count={5} />;
  }
  if (loaded.name === "failed") {
    return <Trouble text={loaded.error} onRetry={() => void usage.load()} />;
  }
  const { whole, days, stored } = loaded.value;
  return (
    <div class="administration">
      <Section title={text.lastDays(days.length)} line={text.zone(loaded.value.time_zone)}>
        <dl class="administration-figures">
          <Figure words={text.meetings} value={formatNumber(whole.meetings)} />
          <Figure words={text.people} value={formatNumber(whole.people)} />
          <Figure words={text.hours} value={formatNumber(Math.round(whole.minutes / MINUTES))} />
        </dl>
        <UsageChart days={days} />
      </Section>
      <Ratings onRefused={onRefused} />
      <Stored stored={stored} />
    </div>
  );
}

function Stored({ stored }: { stored: Usage["stored"] }) {
  const text = administrationText();
  return (
    <Section title={text.stored}>
      <dl class="administration-figures">
        <Figure words={text.messages} value={formatNumber(stored.messages)} />
        <Figure words={text.files} value={formatNumber(stored.files)} />
        <Figure words={text.fileSize} value={formatSize(stored.file_bytes)} />
        {stored.free_bytes !== null && (
          <Figure words={text.free} value={formatSize(stored.free_bytes)} />
        )}
      </dl>
    </Section>
  );
}
