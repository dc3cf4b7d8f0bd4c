/** A room that can be joined: see and hear yourself, say your name, go in. */

import "@/features/join/join.css";
import "@/features/join/aside.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { RoomView } from "@/api/rooms";
import type { Admission, DeviceChoice } from "@/app/admission";
import { Clock } from "@/features/join/Clock";
import { browserCapture } from "@/features/join/capture";
import { DeviceTiles } from "@/features/join/DeviceTiles";
import { JoinForm } from "@/features/join/JoinForm";
import { keepDevices, keptDevices, keptName } from "@/features/join/kept";
import { useLevel } from "@/features/join/level";
import { PreviewView } from "@/features/join/PreviewView";
import { Preview } from "@/features/join/preview";
import { useDeviceKeys } from "@/features/join/shortcuts";
import type { Join } from "@/features/join/state";
import { joinText } from "@/features/join/strings";
import { Waiting } from "@/features/join/Waiting";
import { readPlatform } from "@/lib/platform";
import { PageHeader } from "@/ui/PageHeader";

interface PrejoinProps {
  join: Join;
  room: RoomView;
  onAdmitted: (admission: Admission, choice: DeviceChoice) => void;
}

/** So many that one cough is heard by a hall. */
const LARGE = 20;

function usePreview(): Preview {
  const preview = useMemo(() => {
    const { system } = readPlatform(navigator.userAgent, navigator.maxTouchPoints);
    return new Preview(browserCapture(), system, keptDevices());
  }, []);
  useEffect(() => {
    void preview.begin();
    return () => preview.end();
  }, []);
  return preview;
}

/** The page before a meeting. */
export function Prejoin({ join, room, onAdmitted }: PrejoinProps) {
  const preview = usePreview();
  const [name, setName] = useState(keptName);
  const isLarge = room.participant_count >= LARGE;
  useEffect(() => {
    if (isLarge) {
      preview.holdBack();
    }
  }, [isLarge, preview]);
  const level = useLevel(preview.state("microphone").value);
  useDeviceKeys(preview);
  const enter = async (isSoundOnly: boolean, password: string) => {
    const admission = await join.join(name, password === "" ? {} : { password });
    if (admission !== undefined) {
      const choice = preview.admitted();
      keepDevices(preview.wanted);
      preview.end();
      onAdmitted(admission, isSoundOnly ? { ...choice, camera: false, isSoundOnly } : choice);
    }
  };
  const wait = join.door.wait.value;
  return (
    <div class="flex min-h-dvh flex-col">
      <PageHeader>
        <Clock />
      </PageHeader>
      <main class="prejoin">
        <section aria-label={joinText().preview}>
          <PreviewView preview={preview} level={level} name={name} />
          <DeviceTiles preview={preview} level={level} />
          {wait === undefined && (
            <a class="prejoin-trouble" href="/connection-test">
              {joinText().trouble}
            </a>
          )}
        </section>
        {wait !== undefined ? (
          <Waiting wait={wait} onGiveUp={() => join.door.giveUp()} />
        ) : (
          <JoinForm
            join={join}
            preview={preview}
            room={room}
            name={name}
            isLarge={isLarge}
            onName={setName}
            onJoin={(isSoundOnly, password) => void enter(isSoundOnly, password)}
          />
        )}
      </main>
    </div>
  );
}
