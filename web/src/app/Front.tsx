/** The front page: the porch for everybody, the start page for those who signed in here. */

import { useState } from "preact/hooks";
import { LazyAccounts } from "@/app/LazyAccounts";
import { Landing } from "@/features/landing/Landing";
import { hasSignedIn } from "@/lib/sign-in-hint";

/** One of the two. */
export function Front() {
  const [isPorch] = useState(() => !hasSignedIn());
  return isPorch ? <Landing /> : <LazyAccounts page="home" porch={<Landing />} />;
}
