/** Routes: the landing page, and one page per meeting code. */

import { useState } from "preact/hooks";
import { ErrorBoundary, LocationProvider, Route, Router } from "preact-iso";
import { Broken } from "@/app/Broken";
import { NotFound } from "@/app/NotFound";
import { RoomPage } from "@/app/RoomPage";
import { Landing } from "@/features/landing/Landing";

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
          <Route path="/" component={Landing} />
          <Route path="/:code" component={RoomPage} />
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
    </LocationProvider>
  );
}
