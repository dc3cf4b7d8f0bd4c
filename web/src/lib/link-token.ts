/** The token of a letter's link: it stands behind the mark, and leaves the address bar at once. */

/** Take the token out of the address, so that neither history nor a copied link holds it. */
export function takeLinkToken(): string | undefined {
  const token = location.hash.slice(1);
  if (token !== "") {
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return token === "" ? undefined : token;
}
