/** Whether contacts see that one is here. */

import { useEffect, useMemo } from "preact/hooks";
import { changeSettings, getSettings } from "@/api/account";
import { createAsking, createLoading } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { Switch } from "@/ui/Switch";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card; a switch that is refused goes back. */
export function PresenceCard() {
  const text = settingsText();
  const asking = useMemo(createAsking, []);
  const settings = useMemo(() => createLoading(getSettings), []);
  useEffect(() => void settings.load(), []);
  const loaded = settings.state.value;
  const turn = async (isOn: boolean) => {
    await asking.run(async () => {
      const changed = await changeSettings({ show_presence: isOn });
      settings.change(() => changed);
    });
  };
  return (
    <Card title={text.presence} line={text.presenceLine} error={asking.error.value}>
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void settings.load()} />
      )}
      {loaded.name === "ready" && (
        <Switch
          label={text.presenceShow}
          hint={text.presenceHint}
          isOn={loaded.value.show_presence}
          disabled={asking.isBusy.value}
          onTurn={(isOn) => void turn(isOn)}
        />
      )}
    </Card>
  );
}
