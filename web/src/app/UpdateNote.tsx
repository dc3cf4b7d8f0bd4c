/** Says that a newer version is here; nobody has to take it, and nobody does in a meeting. */

import { RotateCw } from "lucide-preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { appText } from "@/app/strings";
import { isAnyMeeting, meetingNow } from "@/lib/meeting-now";
import { browserTimers } from "@/lib/timers";
import { createUpdate } from "@/lib/update";
import { isOfNewestBuild, registerWorker } from "@/lib/worker-registration";
import { Toast } from "@/ui/Toast";

const ports = {
  register: registerWorker,
  isControlled: () => Boolean(navigator.serviceWorker?.controller),
  isNewest: isOfNewestBuild,
  isAnyMeeting,
  reload: () => location.reload(),
  timers: browserTimers,
};

/** The line, when there is something to say. */
export function UpdateNote() {
  const text = appText();
  const update = useMemo(() => createUpdate(ports), []);
  const [isLater, setLater] = useState(false);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void update.begin();
    const look = () => document.visibilityState === "visible" && void update.look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [update]);
  const isShown = update.isHere.value && !isLater && meetingNow.value === undefined;
  return (
    <div role="status">
      {isShown && (
        <Toast
          icon={<RotateCw size={18} strokeWidth={1.9} aria-hidden="true" />}
          action={{
            label: text.reload,
            onPress: () => void update.take().then((isTaken) => setBusy(!isTaken)),
          }}
          onClose={() => setLater(true)}
        >
          {isBusy ? text.updateWaits : text.updateHere}
        </Toast>
      )}
    </div>
  );
}
