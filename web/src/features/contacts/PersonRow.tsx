/** One person in a list, with what can be done at the end of the row. */

import type { ComponentChildren } from "preact";
import type { Person } from "@/api/people";
import { usePicture } from "@/api/use-picture";
import { fullName } from "@/lib/person";
import { Avatar } from "@/ui/Avatar";

/** The row. */
export function PersonRow({ person, children }: { person: Person; children: ComponentChildren }) {
  const name = fullName(person);
  return (
    <li class="contacts-row">
      <Avatar name={name} identity={person.id} picture={usePicture(person.avatar)} />
      <span class="contacts-name" dir="auto">
        {name}
      </span>
      {children}
    </li>
  );
}
