/** What an administrator can do with one person. */

import {
  Crown,
  EllipsisVertical,
  FileText,
  Lock,
  LogOut,
  RotateCcw,
  UserRound,
  UserX,
} from "lucide-preact";
import { useLocation } from "preact-iso";
import type { Colleague } from "@/api/organisation";
import type { Deed, PeopleState } from "@/features/organisation/state";
import { organisationText } from "@/features/organisation/strings";
import { fullName } from "@/lib/person";
import { Menu, MenuLine, MenuRow } from "@/ui/Menu";

interface PersonMenuProps {
  state: PeopleState;
  person: Colleague;
  isSelf: boolean;
  /** Ask before this is done. */
  onAsk: (deed: Deed) => void;
}

const ICON = { size: 18, strokeWidth: 1.75, "aria-hidden": "true" } as const;

/** The button and its menu. */
export function PersonMenu({ state, person, isSelf, onAsk }: PersonMenuProps) {
  const text = organisationText();
  const { route } = useLocation();
  const isAdministrator = person.role === "administrator";
  const changeRole = () => {
    if (isSelf && isAdministrator) {
      onAsk("stepDown");
    } else {
      void state.changeRole(person, isAdministrator ? "member" : "administrator");
    }
  };
  return (
    <Menu
      label={text.doings(fullName(person))}
      buttonClass="icon-button"
      face={<EllipsisVertical size={20} strokeWidth={1.75} aria-hidden="true" />}
    >
      <MenuRow
        icon={isAdministrator ? <UserRound {...ICON} /> : <Crown {...ICON} />}
        onClick={changeRole}
      >
        {isAdministrator ? text.makeMember : text.makeAdministrator}
      </MenuRow>
      <MenuRow
        icon={<FileText {...ICON} />}
        onClick={() => route(`/organisation/audit?person=${encodeURIComponent(person.id)}`)}
      >
        {text.seeLog}
      </MenuRow>
      {!isSelf && (
        <>
          <MenuRow icon={<LogOut {...ICON} />} onClick={() => onAsk("signOut")}>
            {text.signOut}
          </MenuRow>
          {person.is_closed ? (
            <MenuRow icon={<RotateCcw {...ICON} />} onClick={() => void state.reopen(person)}>
              {text.reopen}
            </MenuRow>
          ) : (
            <MenuRow icon={<Lock {...ICON} />} onClick={() => onAsk("close")}>
              {text.close}
            </MenuRow>
          )}
          <MenuLine />
          <MenuRow isDanger icon={<UserX {...ICON} />} onClick={() => onAsk("remove")}>
            {text.remove}
          </MenuRow>
        </>
      )}
    </Menu>
  );
}
