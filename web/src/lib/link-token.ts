/** The token of a letter's link: it stands behind the mark, and leaves the address bar at once. */

import { useEffect, useState } from "preact/hooks";

/** The token, also of a second link that is opened in the same tab. */
export function useLinkToken(): string | undefined {
  const [token, setToken] = useState(takeLinkToken);
  useEffect(() => {
    const hear = () => setToken((before) => takeLinkToken() ?? before);
    window.addEventListener("hashchange", hear);
    return () => window.removeEventListener("hashchange", hear);
  }, []);
  return token;
}

/** Take the token out of the address, so that neither history nor a copied link holds it. */
export function takeLinkToken(): string | undefined {
  const token = location.hash.slice(1);
  if (token === "") {
    return undefined;
  }
  history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}
