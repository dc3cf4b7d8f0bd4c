/** One entry of the log: what, who, to whom, what is told of it, when and from where. */

import type { AuditEntry } from "@/api/organisation";
import type { Person } from "@/api/people";
import { auditText } from "@/features/organisation/audit-strings";
import { formatMoment } from "@/i18n/format";
import { fullName } from "@/lib/person";

/** The row. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const text = auditText();
  const { at, action, actor, subject, facts, address } = entry;
  // Whoever comes over the network without a session is a stranger; all else is done by the server.
  const nobody = address === "" ? text.server : text.stranger;
  const isOther = subject !== null && subject.id !== actor?.id;
  return (
    <li class="audit-entry">
      <span class="organisation-words">
        <strong>{wordOf(text.actions, action)}</strong>
        <span>
          {actor === null ? nobody : <Named person={actor} />}
          {isOther && (
            <>
              {" "}
              {text.onto} <Named person={subject} />
            </>
          )}
        </span>
        {Object.keys(facts).length > 0 && <span class="audit-facts">{told(facts)}</span>}
      </span>
      <span class="audit-when">
        <time dateTime={at}>{formatMoment(new Date(at))}</time>
        {address !== "" && <span>{text.from(address)}</span>}
      </span>
    </li>
  );
}

function Named({ person }: { person: Person }) {
  return (
    <a class="link" href={`/organisation/audit?person=${encodeURIComponent(person.id)}`} dir="auto">
      {fullName(person)}
    </a>
  );
}

/** Ids say nothing to people; they stand in the file. */
const UNTOLD = new Set(["session", "passkey"]);

function told(facts: AuditEntry["facts"]): string {
  const text = auditText();
  return Object.entries(facts)
    .filter(([name]) => !UNTOLD.has(name))
    .map(([name, value]) => `${wordOf(text.facts, name)}: ${wordOf(text.values, String(value))}`)
    .join(" · ");
}

/** What the server says in words of ours; what we have no word for stays as it came. */
function wordOf(words: Record<string, string>, name: string): string {
  return Object.hasOwn(words, name) ? (words[name] ?? name) : name;
}
