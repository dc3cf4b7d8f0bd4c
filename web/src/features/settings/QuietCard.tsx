/** Hours in which nothing comes by mail or push, by the clock of the person's zone. */

import { useMemo } from "preact/hooks";
import { changeSettings } from "@/api/account";
import { createAsking } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { notificationSettingsText } from "@/features/settings/notification-strings";
import { TimeField } from "@/features/settings/TimeField";
import type { ChoiceCardProps } from "@/features/settings/WhereCard";
import { Button } from "@/ui/Button";
import { Switch } from "@/ui/Switch";

const NIGHT = { start: "22:00", end: "07:00" };

const named = (zone: string) => zone.replaceAll("_", " ");

/** The card. */
export function QuietCard({ state, choices, settings, own }: ChoiceCardProps) {
  const text = notificationSettingsText();
  const asking = useMemo(createAsking, []);
  const quiet = choices.quiet_hours ?? undefined;
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const takeZone = async () => {
    await asking.run(async () => {
      const changed = await changeSettings({ time_zone: here });
      settings.change(() => changed);
    });
  };
  return (
    <Card title={text.quiet} line={text.quietLine} error={asking.error.value}>
      <Switch
        label={text.quietOn}
        hint={text.quietHint}
        isOn={quiet !== undefined}
        onTurn={(isOn) => void state.change({ quiet_hours: isOn ? NIGHT : null })}
      />
      {quiet !== undefined && (
        <div class="settings-times">
          <TimeField
            label={text.from}
            value={quiet.start}
            onValue={(start) => void state.change({ quiet_hours: { ...quiet, start } })}
          />
          <TimeField
            label={text.until}
            value={quiet.end}
            onValue={(end) => void state.change({ quiet_hours: { ...quiet, end } })}
          />
        </div>
      )}
      <p class="settings-line">{text.zone(named(own.time_zone))}</p>
      {here !== own.time_zone && (
        <Button
          class="justify-self-start"
          busy={asking.isBusy.value && text.takeZone(named(here))}
          onClick={() => void takeZone()}
        >
          {text.takeZone(named(here))}
        </Button>
      )}
    </Card>
  );
}
