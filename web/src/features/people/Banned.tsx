/** Who was banned from the room, and the way to take that back. */
import { useEffect, useMemo } from "preact/hooks";
import { createAsking, createLoading } from "@/api/asking";
import type { Moderation } from "@/api/moderation";
import { callName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { roomSettingsText } from "./settings-strings";

/** The list; nothing while nobody is banned. */
export function Banned({ moderation }: { moderation: Moderation }) {
  const t = roomSettingsText();
  const asking = useMemo(createAsking, []);
  const banned = useMemo(() => createLoading(() => moderation.listBanned()), [moderation]);
  useEffect(() => void banned.load(), [banned]);
  const loaded = banned.state.value;
  if (loaded.name !== "ready" || loaded.value.length === 0) {
    return null;
  }
  const unban = async (identity: string) => {
    await asking.run(() => moderation.unban(identity));
    await banned.load();
  };
  const error = asking.error.value;
  return (
    <section class="room-banned" aria-label={t.banned}>
      <h3 class="field-label">{t.banned}</h3>
      {error !== undefined && <FieldNote id="unban-error" text={error} isError />}
      <ul>
        {loaded.value.map(({ identity, name }) => (
          <li key={identity} class="person">
            <Avatar name={name} identity={identity} />
            <p class="person-who person-name" dir="auto">
              {name}
            </p>
            <Button
              kind="quiet"
              size="small"
              aria-label={t.unbanOne(callName(name))}
              disabled={asking.isBusy.value}
              onClick={() => void unban(identity)}
            >
              {t.unban}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
