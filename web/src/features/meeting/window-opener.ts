/** Windows that stay above others, by W3C's Document Picture-in-Picture. */

export interface WindowOpener {
  /** The one that is open, if one is. */
  readonly window: Window | null;
  requestWindow(size: { width: number; height: number }): Promise<Window>;
}

const SIZE = { width: 360, height: 300 };

/** The browser's, where it has one. */
export function windowOpener(): WindowOpener | undefined {
  return Reflect.get(globalThis, "documentPictureInPicture") as WindowOpener | undefined;
}

/** Opens one that looks like the page: its style sheets, language and title. */
export async function openWindow(opener: WindowOpener, page: Document): Promise<Window> {
  const opened = await opener.requestWindow(SIZE);
  const { document: small } = opened;
  small.title = page.title;
  small.documentElement.lang = page.documentElement.lang;
  for (const sheet of page.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet], style")) {
    const copy = sheet.cloneNode(true) as HTMLLinkElement;
    if (sheet.tagName === "LINK") {
      // An address from the root means nothing in an empty page.
      copy.href = sheet.href;
    }
    small.head.append(copy);
  }
  return opened;
}
