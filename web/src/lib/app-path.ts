/** Paths of this app that come from elsewhere. */

/** The path, if it leads to a page of this app and nowhere else. */
export function appPath(link: string): string | undefined {
  if (!link.startsWith("/") || !URL.canParse(link, location.origin)) {
    return undefined;
  }
  const { origin, pathname, search, hash } = new URL(link, location.origin);
  return origin === location.origin ? `${pathname}${search}${hash}` : undefined;
}
