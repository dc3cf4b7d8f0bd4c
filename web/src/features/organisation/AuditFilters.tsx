/** What of the log is shown: a kind of deed, some days, one person. */

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { createLoading } from "@/api/asking";
import { type AuditFilter, readColleague } from "@/api/organisation";
import { auditText } from "@/features/organisation/audit-strings";
import { fullName } from "@/lib/person";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { Picked } from "@/ui/Picked";

type Chosen = Omit<AuditFilter, "person">;

interface AuditFiltersProps {
  filter: AuditFilter;
  onFilter: (chosen: Chosen) => void;
  /** What can be done with what is shown. */
  children: ComponentChildren;
}

/** The filters. */
export function AuditFilters({ filter, onFilter, children }: AuditFiltersProps) {
  const text = auditText();
  const { person, ...kept } = filter;
  const [chosen, setChosen] = useState<Chosen>(kept);
  const families = Object.entries(text.families).map(([name, words]) => [name, words] as const);
  return (
    <search>
      <form
        class="organisation-filters"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onFilter(chosen);
        }}
      >
        <Choice
          label={text.what}
          value={chosen.action}
          options={[["", text.everything], ...families]}
          onValue={(action) => setChosen({ ...chosen, action })}
        />
        <Picked
          type="date"
          label={text.since}
          value={chosen.since}
          onValue={(since) => setChosen({ ...chosen, since })}
        />
        <Picked
          type="date"
          label={text.until}
          value={chosen.until}
          onValue={(until) => setChosen({ ...chosen, until })}
        />
        <Button kind="soft" type="submit">
          {text.show}
        </Button>
      </form>
      <div class="organisation-doings organisation-under">
        {person !== "" && <OnePerson key={person} id={person} />}
        {children}
      </div>
    </search>
  );
}

/** Whose entries are shown, and the way to those of everybody. */
function OnePerson({ id }: { id: string }) {
  const text = auditText();
  const loading = useMemo(() => createLoading(() => readColleague(id)), []);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  return (
    <span class="audit-person">
      {loaded.name === "ready" ? text.about(fullName(loaded.value)) : text.aboutSomebody}
      <a class="link" href="/organisation/audit">
        {text.aboutAll}
      </a>
    </span>
  );
}
