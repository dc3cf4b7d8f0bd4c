/** A bar for each day, and the same as a table. */

import { useState } from "preact/hooks";
import type { UsageDay } from "@/api/administration";
import { barsOf, HEIGHT, WIDTH } from "@/features/administration/bars";
import { administrationText } from "@/features/administration/strings";
import { Table } from "@/features/administration/Table";
import { formatDate, formatNumber } from "@/i18n/format";

const MEASURES = ["meetings", "people", "minutes"] as const;

type Measure = (typeof MEASURES)[number];

/** The day as the server counts it, whatever zone the browser is in. */
const shown = (day: UsageDay) => formatDate(new Date(`${day.date}T00:00:00Z`), "UTC");

/** The chart. */
export function UsageChart({ days }: { days: readonly UsageDay[] }) {
  const text = administrationText();
  const [measure, setMeasure] = useState<Measure>("meetings");
  return (
    <>
      <fieldset class="segments justify-self-start" aria-label={text.measure}>
        {MEASURES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={measure === one}
            onClick={() => setMeasure(one)}
          >
            {text[one]}
          </button>
        ))}
      </fieldset>
      <Bars days={days} measure={measure} />
      <details class="administration-more">
        <summary>{text.asTable}</summary>
        <Table
          label={text.byDay}
          columns={[text.day, ...MEASURES.map((one) => text[one])]}
          rows={days.toReversed().map((day) => ({
            key: day.date,
            head: shown(day),
            cells: MEASURES.map((one) => formatNumber(day[one])),
          }))}
        />
      </details>
    </>
  );
}

function Bars({ days, measure }: { days: readonly UsageDay[]; measure: Measure }) {
  const text = administrationText();
  const values = days.map((day) => day[measure]);
  const highest = Math.max(0, ...values);
  const [first, top] = [days[0], days[values.indexOf(highest)]];
  const last = days.at(-1);
  if (first === undefined || top === undefined || last === undefined) {
    return null;
  }
  const words =
    highest === 0
      ? text.chartEmpty(text[measure], shown(first), shown(last))
      : text.chart(text[measure], shown(first), shown(last), formatNumber(highest), shown(top));
  return (
    <figure class="administration-chart">
      <span class="administration-scale" aria-hidden="true">
        {formatNumber(highest)}
      </span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
        <title>{words}</title>
        {barsOf(values).map((bar, index) => (
          <rect
            key={days[index]?.date}
            {...bar}
            class={values[index] === 0 ? "administration-bar-none" : "administration-bar"}
          />
        ))}
      </svg>
      <figcaption class="administration-ends">
        <span>{shown(first)}</span>
        <span>{shown(last)}</span>
      </figcaption>
    </figure>
  );
}
