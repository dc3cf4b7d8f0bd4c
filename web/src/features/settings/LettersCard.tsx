/** Letters about news: none at all, one at a time, or one a day. */

import { useMemo } from "preact/hooks";
import { changeSettings } from "@/api/account";
import { createAsking } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { notificationSettingsText } from "@/features/settings/notification-strings";
import { TimeField } from "@/features/settings/TimeField";
import type { ChoiceCardProps } from "@/features/settings/WhereCard";
import { Switch } from "@/ui/Switch";

/** The card. */
export function LettersCard({ state, choices, settings, own }: ChoiceCardProps) {
  const text = notificationSettingsText();
  const asking = useMemo(createAsking, []);
  const turn = async (isOn: boolean) => {
    await asking.run(async () => {
      const changed = await changeSettings({ email_notifications: isOn });
      settings.change(() => changed);
    });
  };
  const isDaily = choices.digest === "daily";
  return (
    <Card title={text.channels.mail} error={asking.error.value}>
      <Switch
        label={text.letters}
        hint={text.lettersLine}
        isOn={own.email_notifications}
        disabled={asking.isBusy.value}
        onTurn={(isOn) => void turn(isOn)}
      />
      <Switch
        label={text.digest}
        hint={text.digestLine}
        isOn={isDaily}
        disabled={!own.email_notifications}
        onTurn={(isOn) => void state.change({ digest: isOn ? "daily" : "off" })}
      />
      {isDaily && own.email_notifications && (
        <div class="settings-times">
          <TimeField
            label={text.digestAt}
            value={choices.digest_at}
            onValue={(time) => void state.change({ digest_at: time })}
          />
        </div>
      )}
    </Card>
  );
}
