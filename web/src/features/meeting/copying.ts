/** A copy button that says for a while that it copied. */
import { useEffect, useState } from "preact/hooks";
import { copyText } from "@/lib/clipboard";

const SAID_MS = 3000;

/** A copy button's state: true for three seconds after a copy. */
export function useCopied(text: string): { isCopied: boolean; copy: () => void } {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) {
      return undefined;
    }
    const id = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(id);
  }, [isCopied]);
  return { isCopied, copy: () => void copyText(text).then(setCopied) };
}
