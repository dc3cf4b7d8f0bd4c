/** Routes: the front page, the pages of accounts, and one page per meeting code. */

import { useState } from "preact/hooks";
import { ErrorBoundary, LocationProvider, Route, Router } from "preact-iso";
import { Broken } from "@/app/Broken";
import { Front } from "@/app/Front";
import { NamedPage } from "@/app/NamedPage";
import { NotFound } from "@/app/NotFound";

/** The whole web app. */
export function App() {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) {
    return <Broken />;
  }
  return (
    <LocationProvider>
      <ErrorBoundary onError={() => setBroken(true)}>
        <Router>
          <Route path="/" component={Front} />
          <Route path="/:name" component={NamedPage} />
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
    </LocationProvider>
  );
}
