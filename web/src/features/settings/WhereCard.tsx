/** Which news arrive where: a row for each kind, a column for each way. */

import type { UserSettings } from "@/api/account";
import type { Loading } from "@/api/asking";
import type { NotificationChoices } from "@/api/notifications";
import { Card } from "@/features/settings/Card";
import {
  type Channel,
  type ChoicesState,
  channelsOf,
} from "@/features/settings/notification-choices";
import { notificationSettingsText } from "@/features/settings/notification-strings";
import { useMedia } from "@/lib/media-query";

export interface ChoiceCardProps {
  state: ChoicesState;
  choices: NotificationChoices;
  settings: Loading<UserSettings>;
  own: UserSettings;
}

const KINDS = [
  "meeting_invited",
  "meeting_changed",
  "meeting_cancelled",
  "meeting_answered",
  "meeting_reminder",
  "calendar_ended",
  "export_ready",
] as const;
type Kind = (typeof KINDS)[number];
const CHANNELS = ["in_app", "mail", "push", "text"] as const;
/** Letters that carry a calendar; they are not written as news, and come in any case. */
const LETTERS: readonly Kind[] = ["meeting_invited", "meeting_changed", "meeting_cancelled"];
/** Beside the boxes there is no room for words any more. */
const NARROW = "(max-width: 27rem)";

/** The card; telephones have a column once one is confirmed. */
export function WhereCard({ state, choices, hasPhone }: ChoiceCardProps & { hasPhone: boolean }) {
  const text = notificationSettingsText();
  const isNarrow = useMedia(NARROW);
  const channels = CHANNELS.filter((channel) => hasPhone || channel !== "text");
  return (
    <Card title={text.where} line={text.whereLine} error={state.saving.error.value}>
      <table class="where">
        <thead>
          <tr>
            {!isNarrow && (
              <th scope="col">
                <span class="sr-only">{text.kind}</span>
              </th>
            )}
            {channels.map((channel) => (
              <th key={channel} scope="col">
                {text.channels[channel]}
              </th>
            ))}
          </tr>
        </thead>
        {KINDS.map((kind) => (
          <tbody key={kind}>
            {isNarrow && (
              <tr>
                <th scope="rowgroup" colSpan={channels.length}>
                  {text.kinds[kind]}
                </th>
              </tr>
            )}
            <tr>
              {!isNarrow && <th scope="row">{text.kinds[kind]}</th>}
              {channels.map((channel) => (
                <td key={channel}>
                  <Cell state={state} choices={choices} kind={kind} channel={channel} />
                </td>
              ))}
            </tr>
          </tbody>
        ))}
      </table>
      <p class="settings-line">{text.alwaysLine}</p>
    </Card>
  );
}

interface CellProps {
  state: ChoicesState;
  choices: NotificationChoices;
  kind: Kind;
  channel: Channel;
}

function Cell({ state, choices, kind, channel }: CellProps) {
  const text = notificationSettingsText();
  if (channel === "mail" && LETTERS.includes(kind)) {
    return <span class="where-always">{text.always}</span>;
  }
  return (
    <label class="where-cell">
      <span class="sr-only">{text.cell(text.kinds[kind], text.channels[channel])}</span>
      <input
        type="checkbox"
        checked={channelsOf(choices, kind)[channel]}
        onChange={(event) => void state.turn(kind, channel, event.currentTarget.checked)}
      />
    </label>
  );
}
