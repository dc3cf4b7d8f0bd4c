/** Routes: the landing page, and one page per meeting code. */

import { ErrorBoundary, LocationProvider, Route, Router } from "preact-iso";
import { Landing } from "@/features/landing/Landing";

/** The whole web app. */
export function App() {
  return (
    <LocationProvider>
      <ErrorBoundary>
        <Router>
          <Route path="/" component={Landing} />
          <Route default component={Landing} />
        </Router>
      </ErrorBoundary>
    </LocationProvider>
  );
}
