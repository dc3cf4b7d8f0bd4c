/** A QR code that the server drew. */

import { useEffect, useState } from "preact/hooks";

export interface ScanProps {
  /** The picture, as SVG. */
  drawn: string;
  label: string;
}

/** The picture; as an image, so that nothing in it becomes part of the page. */
export function Scan({ drawn, label }: ScanProps) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([drawn], { type: "image/svg+xml" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [drawn]);
  return url === undefined ? null : (
    <img class="settings-scan" src={url} alt={label} width={180} height={180} />
  );
}
