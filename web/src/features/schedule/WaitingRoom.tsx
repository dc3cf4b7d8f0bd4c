/** Whether people wait outside until somebody lets them in. */

import { useEffect, useMemo } from "preact/hooks";
import { createAsking, createLoading } from "@/api/asking";
import { changeSettings, getSettings } from "@/api/own-room";
import { meetingText } from "@/features/schedule/meeting-strings";
import { scheduleText } from "@/features/schedule/strings";
import { FieldNote } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card; the switch acts at once, and goes back when it is refused. */
export function WaitingRoom({ code }: { code: string }) {
  const text = scheduleText();
  const loading = useMemo(() => createLoading(() => getSettings(code)), [code]);
  const asking = useMemo(createAsking, []);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  const turn = (isOn: boolean) =>
    asking.run(async () => {
      const settings = await changeSettings(code, { waiting_room: isOn });
      loading.change(() => settings);
    });
  const error = asking.error.value;
  return (
    <section class="card schedule-card" aria-labelledby="door">
      <h2 id="door" class="section-title">
        {meetingText().door}
      </h2>
      {loaded.name === "loading" && <SkeletonRows count={1} />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void loading.load()} />
      )}
      {loaded.name === "ready" && (
        <Switch
          // A refused switch is drawn anew, so that it shows what holds.
          key={String(error)}
          label={text.waitingRoom}
          hint={text.waitingRoomHint}
          isOn={loaded.value.waiting_room === true}
          disabled={asking.isBusy.value}
          onTurn={(isOn) => void turn(isOn)}
        />
      )}
      {error !== undefined && <FieldNote id="door-error" text={error} isError />}
    </section>
  );
}
