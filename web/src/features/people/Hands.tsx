/** Raised hands, first raised first. */
import { Hand } from "lucide-preact";
import type { Moderation } from "@/api/moderation";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import type { Act } from "./PersonRow";
import { peopleText } from "./strings";

interface HandsProps {
  people: readonly ParticipantView[];
  /** Absent for those who may not lower the hands of others. */
  moderation: Moderation | undefined;
  act: Act;
}

/** The list; nothing while all hands are down. */
export function Hands({ people, moderation, act }: HandsProps) {
  const t = peopleText();
  const raised = people
    .filter(({ hand }) => hand !== undefined)
    .sort((left, right) => (left.hand ?? 0) - (right.hand ?? 0));
  if (raised.length === 0) {
    return null;
  }
  const lowerAll = async () => {
    await Promise.all(raised.map(({ identity }) => moderation?.raiseHand(identity, false)));
  };
  return (
    <section aria-label={t.hands}>
      <div class="people-heading">
        <h3>{t.hands}</h3>
        {moderation !== undefined && raised.length > 1 && (
          <Button kind="quiet" size="small" onClick={() => act(lowerAll)}>
            {t.lowerAll}
          </Button>
        )}
      </div>
      <ol>
        {raised.map((participant) => (
          <li key={participant.identity} class="person">
            <Avatar name={participant.name} identity={participant.identity} />
            <p class="person-who person-name" dir="auto">
              {participant.name} {participant.isSelf && <span class="person-you">{t.you}</span>}
            </p>
            <span class="hand-place" role="img" aria-label={t.handPlace(participant.hand ?? 0)}>
              <Hand size={16} strokeWidth={2} aria-hidden="true" />
              {participant.hand}
            </span>
            {moderation !== undefined && (
              <Button
                kind="quiet"
                size="small"
                aria-label={`${t.lower}: ${callName(participant.name)}`}
                onClick={() => act(() => moderation.raiseHand(participant.identity, false))}
              >
                {t.lower}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
