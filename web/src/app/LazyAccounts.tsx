/** The pages of accounts, loaded apart: guests never wait for them. */

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { AccountPagesProps } from "@/app/AccountPages";
import { Broken } from "@/app/Broken";
import { Mark } from "@/ui/Mark";

let loaded: FunctionComponent<AccountPagesProps> | undefined;

/** The page as soon as it is loaded, and words when it cannot be loaded. */
export function LazyAccounts(props: AccountPagesProps) {
  const [Pages, setPages] = useState(() => loaded);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    import("@/app/AccountPages").then(
      ({ default: arrived }) => {
        loaded = arrived;
        setPages(() => arrived);
      },
      () => setBroken(true),
    );
  }, []);
  if (isBroken) {
    return <Broken />;
  }
  if (Pages === undefined) {
    return (
      <main class="grid min-h-dvh place-items-center" aria-busy="true">
        <Mark size={48} state="walking" />
      </main>
    );
  }
  return <Pages {...props} />;
}
