/** What stands beside every page: that a new version is here, and what has just come. */

import "@/app/beside.css";
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { accountStanding } from "@/api/account-session";
import { UpdateNote } from "@/app/UpdateNote";
import { hasSignedIn } from "@/lib/sign-in-hint";

/** The lines; guests load nothing of notifications. */
export default function Beside() {
  const [Toasts, setToasts] = useState<FunctionComponent>();
  const { name } = accountStanding.value;
  const isIn = name === "in" || (name === "unknown" && hasSignedIn());
  useEffect(() => {
    if (isIn) {
      import("@/app/NewsToasts").then(
        (loaded) => setToasts(() => loaded.default),
        () => undefined,
      );
    }
  }, [isIn]);
  return (
    <div class="beside">
      <UpdateNote />
      {Toasts !== undefined && <Toasts />}
    </div>
  );
}
