/** The page that receives people: start a meeting or come in with a code. */

import { landingText } from "@/features/landing/strings";

/** The landing page. */
export function Landing() {
  const text = landingText();
  return (
    <main>
      <h1>{text.title}</h1>
    </main>
  );
}
