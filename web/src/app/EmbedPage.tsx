/** A meeting in a frame of another page. */

import { useEffect, useState } from "preact/hooks";
import { RoomPage } from "@/app/RoomPage";
import { keepName } from "@/features/join/kept";
import { Opening } from "@/features/join/Opening";
import { locale } from "@/i18n/locale";
import { pickLocale } from "@/i18n/pick";
import { type Embedder, meetEmbedder } from "@/lib/embedder";

/** The room's page once the page around it has said what it wants; by itself, the room's page at once. */
export function EmbedPage({ code }: { code: string }) {
  const [embedder, setEmbedder] = useState<Embedder>();
  const isFramed = window.parent !== window;
  useEffect(() => {
    if (isFramed) {
      meetEmbedder(window).then((met) => {
        follow(met);
        setEmbedder(met);
      });
    }
  }, []);
  if (isFramed && embedder === undefined) {
    return <Opening />;
  }
  return <RoomPage code={code} embedder={embedder} />;
}

function follow({ settings }: Embedder): void {
  const { language, name } = settings;
  if (language !== undefined) {
    // For this visit: what people chose here themselves stays chosen.
    locale.value = pickLocale(null, [language]);
  }
  if (name !== undefined && name !== "") {
    keepName(name);
  }
}
