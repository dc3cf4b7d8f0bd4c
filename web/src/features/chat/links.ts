/** Finds web addresses in a message, so that they can be clicked and nothing else can. */

export interface TextPart {
  text: string;
  /** An absolute http or https address. */
  href?: string;
}

const ADDRESS = /https?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?)\]}»”’]+$/u;

function withoutTrailing(candidate: string): string {
  let address = candidate;
  for (;;) {
    const tail = TRAILING.exec(address)?.[0] ?? "";
    const closes = tail.startsWith(")") && address.includes("(");
    if (tail === "" || closes) {
      return address;
    }
    address = address.slice(0, -tail.length);
  }
}

function hrefOf(address: string): string | undefined {
  const url = URL.parse(address);
  const isWeb = url !== null && (url.protocol === "http:" || url.protocol === "https:");
  return isWeb && url.username === "" && url.password === "" ? url.href : undefined;
}

/** Splits a message into plain text and addresses, in order and without losing a character. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    const href = hrefOf(address);
    if (href !== undefined) {
      if (match.index > end) {
        parts.push({ text: text.slice(end, match.index) });
      }
      parts.push({ text: address, href });
      end = match.index + address.length;
    }
  }
  if (end < text.length) {
    parts.push({ text: text.slice(end) });
  }
  return parts;
}
