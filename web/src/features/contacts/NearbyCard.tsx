/** Contacts beside the start page, and which of them are here. */

import "@/features/contacts/contacts.css";
import { Video } from "lucide-preact";
import { useEffect, useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { planMeeting } from "@/api/meetings";
import type { Person } from "@/api/people";
import { type Calling, createCalling } from "@/features/contacts/calling";
import { useLookingAround } from "@/features/contacts/looking-around";
import { createNearby, nearest } from "@/features/contacts/nearby";
import { PersonRow } from "@/features/contacts/PersonRow";
import { contactsText } from "@/features/contacts/strings";
import { formatNumber } from "@/i18n/format";
import { fullName } from "@/lib/person";
import { IconButton } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { Mark } from "@/ui/Mark";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

export interface NearbyCardProps {
  /** The whole name of whoever looks. */
  ownName: string;
}

/** The card. */
export function NearbyCard({ ownName }: NearbyCardProps) {
  const text = contactsText();
  const { route } = useLocation();
  const calling = useMemo(
    () => createCalling({ plan: planMeeting, open: (code) => route(`/${code}`) }),
    [],
  );
  const state = useMemo(createNearby, []);
  useEffect(() => void state.contacts.load(), []);
  useLookingAround(state.lookAround);
  const loaded = state.contacts.state.value;
  const presence = state.presence.value;
  const isNone = loaded.name === "ready" && loaded.value.items.length === 0;
  const error = calling.asking.error.value;
  const available = [...presence.values()].filter((one) => one === "online").length;
  return (
    <section class="card contacts-nearby" aria-labelledby="nearby">
      <div class="contacts-nearby-head">
        <h2 id="nearby" class="section-title">
          {text.title}
        </h2>
        {available > 0 && (
          <span class="contacts-known">{text.available(formatNumber(available))}</span>
        )}
      </div>
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void state.contacts.load()} />
      )}
      {isNone && <p class="contacts-none">{text.emptyLine}</p>}
      {loaded.name === "ready" && !isNone && (
        <ul>
          {nearest(loaded.value.items, presence).map((person) => (
            <PersonRow key={person.id} person={person} presence={presence.get(person.id)}>
              {presence.get(person.id) === "online" && (
                <CallButton calling={calling} ownName={ownName} person={person} />
              )}
            </PersonRow>
          ))}
        </ul>
      )}
      {error !== undefined && <FieldNote id="call-error" text={error} isError />}
      <a class="contacts-way" href="/contacts">
        {isNone ? text.findSome : text.all}
      </a>
    </section>
  );
}

interface CallButtonProps extends NearbyCardProps {
  calling: Calling;
  person: Person;
}

function CallButton({ calling, ownName, person }: CallButtonProps) {
  const label = contactsText().call(fullName(person));
  const isCalling = calling.asking.isBusy.value && calling.called.value === person.id;
  return (
    <IconButton
      label={label}
      aria-busy={isCalling}
      onClick={() => void calling.call(ownName, person, new Date())}
    >
      {isCalling ? (
        <Mark size={18} state="walking" />
      ) : (
        <Video size={20} strokeWidth={1.75} aria-hidden="true" />
      )}
    </IconButton>
  );
}
