/** What was done in the organisation: a list with filters, and the same as a file. */

import "@/features/organisation/audit.css";
import "@/features/organisation/organisation.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { createAsking } from "@/api/asking";
import { guarded } from "@/api/guarded";
import { type AuditFilter, exportAuditEntries, listAuditEntries } from "@/api/organisation";
import { createPaging } from "@/api/paging";
import { AuditFilters } from "@/features/organisation/AuditFilters";
import { AuditRow } from "@/features/organisation/AuditRow";
import { auditText } from "@/features/organisation/audit-strings";
import { saveFile } from "@/lib/save-file";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { Mark } from "@/ui/Mark";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

const FILE = "audit-log.csv";

/** The section. */
export function AuditLog({ onRefused }: { onRefused: () => void }) {
  const text = auditText();
  const { query } = useLocation();
  const person = query["person"] ?? "";
  const [chosen, setChosen] = useState({ action: "", since: "", until: "" });
  const filter: AuditFilter = { person, ...chosen };
  return (
    <div class="organisation">
      <section class="card organisation-card" aria-labelledby="audit-log">
        <h2 id="audit-log" class="section-title">
          {text.title}
        </h2>
        <p class="organisation-line">{text.line}</p>
        <AuditFilters filter={filter} onFilter={setChosen}>
          <Save filter={filter} onRefused={onRefused} />
        </AuditFilters>
        <Entries key={JSON.stringify(filter)} filter={filter} onRefused={onRefused} />
      </section>
    </div>
  );
}

interface FilteredProps {
  filter: AuditFilter;
  onRefused: () => void;
}

function Save({ filter, onRefused }: FilteredProps) {
  const text = auditText();
  const asking = useMemo(createAsking, []);
  const [isSaved, setSaved] = useState(false);
  const save = async () => {
    setSaved(false);
    const written = guarded(exportAuditEntries, onRefused);
    setSaved(await asking.run(async () => saveFile(await written(filter), FILE)));
  };
  const error = asking.error.value;
  return (
    <>
      <Button busy={asking.isBusy.value && text.saving} onClick={() => void save()}>
        {text.save}
      </Button>
      <span class="organisation-news" role="status">
        {isSaved && text.saved}
      </span>
      {error !== undefined && <FieldNote id="audit-save-error" text={error} isError />}
    </>
  );
}

function Entries({ filter, onRefused }: FilteredProps) {
  const text = auditText();
  const list = useMemo(() => {
    const asked = guarded(listAuditEntries, onRefused);
    return createPaging((cursor) => asked(filter, cursor));
  }, []);
  useEffect(() => void list.pages.load(), [list]);
  const loaded = list.pages.state.value;
  if (loaded.name === "loading") {
    return <SkeletonRows count={6} />;
  }
  if (loaded.name === "failed") {
    return <Trouble text={loaded.error} onRetry={() => void list.pages.load()} />;
  }
  if (loaded.value.items.length === 0) {
    return (
      <div class="organisation-nothing" role="status">
        <Mark size={64} />
        <h3 class="section-title">{text.nothing}</h3>
        <p>{text.nothingLine}</p>
      </div>
    );
  }
  return (
    <>
      <ol class="audit-entries">
        {loaded.value.items.map((entry) => (
          <AuditRow key={entry.number} entry={entry} />
        ))}
      </ol>
      <More id="audit-error" label={text.more} list={list} />
    </>
  );
}
