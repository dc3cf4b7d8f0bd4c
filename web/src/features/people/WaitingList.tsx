/** Who waits outside, for those who may open. */
import { X } from "lucide-preact";
import { formatTime } from "@/i18n/format";
import { callName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";
import { Button, IconButton } from "@/ui/Button";
import type { Lobby } from "./lobby";
import { peopleText } from "./strings";

/** The list; nothing while nobody waits. */
export function WaitingList({ lobby }: { lobby: Lobby }) {
  const t = peopleText();
  const waiting = lobby.waiting.value;
  if (waiting.length === 0) {
    return null;
  }
  return (
    <section class="waiting" aria-label={t.waiting(waiting.length)}>
      <div class="people-heading">
        <h3>{t.waiting(waiting.length)}</h3>
        {waiting.length > 1 && (
          <Button kind="quiet" size="small" onClick={() => void lobby.admitAll()}>
            {t.admitAll}
          </Button>
        )}
      </div>
      <ul>
        {waiting.map(({ identity, name, at }) => (
          <li key={identity} class="person">
            <Avatar name={name} identity={identity} />
            <div class="person-who">
              <p class="person-name" dir="auto">
                {name}
              </p>
              {at !== null && <p class="person-role">{t.since(formatTime(new Date(at)))}</p>}
            </div>
            <IconButton
              label={t.deny(callName(name))}
              size="small"
              onClick={() => void lobby.deny(identity)}
            >
              <X size={18} strokeWidth={1.9} aria-hidden="true" />
            </IconButton>
            <Button
              kind="primary"
              size="small"
              aria-label={t.admitOne(callName(name))}
              onClick={() => void lobby.admit(identity)}
            >
              {t.admit}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
