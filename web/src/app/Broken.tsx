/** The page for a fault of our own, or for one who is offline: nobody is left with an empty window. */

import { useEffect } from "preact/hooks";
import { appText } from "@/app/strings";
import { Button } from "@/ui/Button";
import { Message } from "@/ui/Message";

/** Says so, and loads the page again: by itself once there is a network. */
export function Broken() {
  const text = appText();
  const isOffline = !navigator.onLine;
  useEffect(() => {
    const reload = () => location.reload();
    window.addEventListener("online", reload);
    return () => window.removeEventListener("online", reload);
  }, []);
  return (
    <Message
      title={isOffline ? text.offlineTitle : text.broken}
      mark={isOffline ? "walking" : "away"}
      actions={
        <>
          <Button kind="primary" size="large" onClick={() => location.reload()}>
            {text.reload}
          </Button>
          {/* Not by the router: what is broken is left behind. */}
          <Button size="large" onClick={() => location.assign("/")}>
            {text.home}
          </Button>
        </>
      }
    >
      {isOffline ? text.offlineLine : text.brokenLine}
    </Message>
  );
}
