/** Routes: the front page, the pages of accounts, and one page per meeting code. */

import { useState } from "preact/hooks";
import { ErrorBoundary, LocationProvider, Route, Router } from "preact-iso";
import { Broken } from "@/app/Broken";
import { EmbedPage } from "@/app/EmbedPage";
import { Front } from "@/app/Front";
import { LazyBeside } from "@/app/LazyBeside";
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
          <Route path="/embed/:code" component={EmbedPage} />
          <Route path="/:name/:part" component={NamedPage} />
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
      <LazyBeside />
    </LocationProvider>
  );
}
