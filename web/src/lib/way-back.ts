/** What the way back from the organisation's provider says: a code in the address when it failed. */

const CODE = /^(oidc_[a-z_]{1,40}|account_closed|user_not_found)$/;

/** Take the code out of the address, so that reloading does not say it again. */
export function takeFailure(): string | undefined {
  const code = new URLSearchParams(location.search).get("failure");
  if (code === null) {
    return undefined;
  }
  history.replaceState(history.state, "", location.pathname);
  return CODE.test(code) ? code : undefined;
}
