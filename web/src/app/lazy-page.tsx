/** Pages that are loaded apart, so that the first page does not wait for them. */

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Broken } from "@/app/Broken";
import { Mark } from "@/ui/Mark";

/** The page as soon as it is loaded, and words when it cannot be loaded. */
export function lazyPage<P extends object>(
  load: () => Promise<FunctionComponent<P>>,
): FunctionComponent<P> {
  let kept: FunctionComponent<P> | undefined;
  return (props) => {
    const [Page, setPage] = useState(() => kept);
    const [isBroken, setBroken] = useState(false);
    useEffect(() => {
      load().then(
        (arrived) => {
          kept = arrived;
          setPage(() => arrived);
        },
        () => setBroken(true),
      );
    }, []);
    if (isBroken) {
      return <Broken />;
    }
    if (Page === undefined) {
      return (
        <main class="grid min-h-dvh place-items-center" aria-busy="true">
          <Mark size={48} state="walking" />
        </main>
      );
    }
    return <Page {...props} />;
  };
}
