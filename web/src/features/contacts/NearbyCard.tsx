/** Contacts beside the start page, and which of them are here. */

import "@/features/contacts/contacts.css";
import { useEffect, useMemo } from "preact/hooks";
import { useLookingAround } from "@/features/contacts/looking-around";
import { createNearby, nearest } from "@/features/contacts/nearby";
import { PersonRow } from "@/features/contacts/PersonRow";
import { contactsText } from "@/features/contacts/strings";
import { formatNumber } from "@/i18n/format";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card. */
export function NearbyCard() {
  const text = contactsText();
  const state = useMemo(createNearby, []);
  useEffect(() => void state.contacts.load(), []);
  useLookingAround(state.lookAround);
  const loaded = state.contacts.state.value;
  const presence = state.presence.value;
  const isNone = loaded.name === "ready" && loaded.value.items.length === 0;
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
            <PersonRow key={person.id} person={person} presence={presence.get(person.id)} />
          ))}
        </ul>
      )}
      <a class="contacts-way" href="/contacts">
        {isNone ? text.findSome : text.all}
      </a>
    </section>
  );
}
