/** What of this server is on, what is off, and which setting decides; nothing is changed here. */

import "@/features/administration/administration.css";
import { useEffect, useMemo } from "preact/hooks";
import { getServerOverview, type ServerFigure, type ServerSwitch } from "@/api/administration";
import { createLoading } from "@/api/asking";
import { guarded } from "@/api/guarded";
import { type RefusedProps, Section } from "@/features/administration/Section";
import { serverText } from "@/features/administration/server-strings";
import { Table } from "@/features/administration/Table";
import { formatNumber, formatSize } from "@/i18n/format";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

const DAY_S = 86_400;

/** The page. */
export function ServerSettings({ onRefused }: RefusedProps) {
  const text = serverText();
  const overview = useMemo(() => createLoading(guarded(getServerOverview, onRefused)), []);
  useEffect(() => void overview.load(), [overview]);
  const loaded = overview.state.value;
  if (loaded.name === "loading") {
    return <SkeletonRows count={6} />;
  }
  if (loaded.name === "failed") {
    return <Trouble text={loaded.error} onRetry={() => void overview.load()} />;
  }
  const { switches, figures, version } = loaded.value;
  return (
    <div class="administration">
      <Section title={text.title} line={text.line(version)}>
        <Table
          label={text.title}
          columns={[text.what, text.standing, text.setting]}
          rows={switches.map((one) => ({
            key: one.name,
            head: <What one={one} />,
            cells: [
              <span
                class={`administration-state administration-${one.is_on ? "delivered" : "cancelled"}`}
              >
                {one.is_on ? text.on : text.off}
              </span>,
              <Where one={one} />,
            ],
          }))}
        />
      </Section>
      <Section title={text.limits}>
        <Table
          label={text.limits}
          columns={[text.what, text.value, text.setting]}
          rows={figures.map((one) => ({
            key: one.name,
            head: text.figures[one.name],
            cells: [measured(one), <Where one={one} />],
          }))}
        />
      </Section>
    </div>
  );
}

function What({ one }: { one: ServerSwitch }) {
  const [title, line] = serverText().switches[one.name];
  return (
    <span class="administration-words">
      <strong>{title}</strong>
      <span>{line}</span>
    </span>
  );
}

function Where({ one }: { one: ServerSwitch | ServerFigure }) {
  return (
    <span class="administration-words">
      <code>{one.setting}</code>
      <code class="administration-variable">{one.variable}</code>
    </span>
  );
}

/** A number in the unit at the end of its setting's name. */
function measured({ setting, value }: ServerFigure): string {
  if (setting.endsWith("_bytes")) {
    return formatSize(value);
  }
  return setting.endsWith("_s")
    ? serverText().days(Math.round((value / DAY_S) * 10) / 10)
    : formatNumber(value);
}
