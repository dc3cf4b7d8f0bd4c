/** Groups of people who are invited together: made, changed and deleted. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking, createLoading } from "@/api/asking";
import { deleteGroup, type Group, listGroups } from "@/api/inviting";
import { CardRows } from "@/features/schedule/CardRows";
import { GroupDialog } from "@/features/schedule/GroupDialog";
import { groupText } from "@/features/schedule/group-strings";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";

/** The card. */
export function Groups() {
  const text = groupText();
  const loading = useMemo(() => createLoading(listGroups), []);
  const asking = useMemo(createAsking, []);
  const [edited, setEdited] = useState<Group | "new" | undefined>();
  const [removed, setRemoved] = useState("");
  useEffect(() => void loading.load(), [loading]);
  const remove = (id: string) => {
    setRemoved(id);
    void asking.run(async () => {
      await deleteGroup(id);
      await loading.load();
    });
  };
  const error = asking.error.value;
  return (
    <section class="card schedule-card" aria-labelledby="groups">
      <div class="schedule-head">
        <h2 id="groups" class="section-title grow">
          {text.title}
        </h2>
        <Button kind="soft" size="small" onClick={() => setEdited("new")}>
          {text.create}
        </Button>
      </div>
      <p class="schedule-note">{text.line}</p>
      {error !== undefined && <FieldNote id="groups-error" text={error} isError />}
      <CardRows
        loading={loading}
        none={text.none}
        rowOf={(group) => (
          <Row
            key={group.id}
            group={group}
            isBusy={asking.isBusy.value && removed === group.id}
            onEdit={() => setEdited(group)}
            onRemove={() => remove(group.id)}
          />
        )}
      />
      {edited !== undefined && (
        <GroupDialog
          group={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSaved={() => {
            setEdited(undefined);
            void loading.load();
          }}
        />
      )}
    </section>
  );
}

interface RowProps {
  group: Group;
  isBusy: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

function Row({ group, isBusy, onEdit, onRemove }: RowProps) {
  const text = groupText();
  return (
    <li class="schedule-person">
      <span class="schedule-words">
        <strong dir="auto">{group.name}</strong>
        <span>{text.count(group.members.length)}</span>
      </span>
      <Button kind="plain" size="small" aria-label={text.edit(group.name)} onClick={onEdit}>
        {text.editShort}
      </Button>
      <Button
        kind="plain"
        size="small"
        aria-label={text.remove(group.name)}
        busy={isBusy && text.removing}
        onClick={onRemove}
      >
        {text.removeShort}
      </Button>
    </li>
  );
}
