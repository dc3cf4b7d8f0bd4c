/** One person in a list, with what can be done at the end of the row. */

import type { ComponentChildren } from "preact";
import type { Person, Presence } from "@/api/people";
import { usePicture } from "@/api/use-picture";
import { contactsText } from "@/features/contacts/strings";
import { fullName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";

interface PersonRowProps {
  person: Person;
  /** Absent for people who may not be seen. */
  presence?: Presence | undefined;
  children?: ComponentChildren;
}

/** The row. */
export function PersonRow({ person, presence, children }: PersonRowProps) {
  const name = fullName(person);
  return (
    <li class="contacts-row">
      <Avatar name={name} identity={person.id} picture={usePicture(person.avatar)} />
      <span class="contacts-name" dir="auto">
        {name}
        {presence !== undefined && (
          <span class="contacts-presence" data-presence={presence}>
            {contactsText().presence[presence]}
          </span>
        )}
      </span>
      {children}
    </li>
  );
}
