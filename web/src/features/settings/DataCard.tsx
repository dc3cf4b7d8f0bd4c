/** One's own data: asked for, put together, downloaded, thrown away. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking, createLoading } from "@/api/asking";
import { askForExport, type Export, fetchExport, getExport, removeExport } from "@/api/exports";
import { Card } from "@/features/settings/Card";
import { dataText } from "@/features/settings/data-strings";
import { formatMoment, formatSize } from "@/i18n/format";
import { saveFile } from "@/lib/save-file";
import { Button } from "@/ui/Button";
import { Trouble } from "@/ui/Waiting";

export interface DataCardProps {
  /** Hands the file to the browser. */
  save?: (content: Blob, name: string) => void;
  /** How often to look whether it is ready. */
  lookMs?: number;
}

/** The card. */
export function DataCard({ save = saveFile, lookMs = 3000 }: DataCardProps) {
  const text = dataText();
  const loading = useMemo(() => createLoading(getExport), []);
  const asking = useMemo(createAsking, []);
  const [verb, setVerb] = useState("");
  const [news, setNews] = useState<string>();
  const loaded = loading.state.value;
  const found = loaded.name === "ready" ? loaded.value : undefined;
  useEffect(() => void loading.load(), []);
  useEffect(() => {
    if (found?.state === "waiting") {
      const timer = setTimeout(() => void loading.load(), lookMs);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [found]);
  const run = async (name: string, work: () => Promise<unknown>, said?: string) => {
    setNews(undefined);
    setVerb(name);
    if (await asking.run(work)) {
      setNews(said);
    }
    await loading.load();
  };
  const isBusy = asking.isBusy.value;
  const busy = (name: string) => isBusy && verb === name && name;
  const remove = (said: string) => () => void run("", removeExport, said);
  return (
    <Card title={text.title} line={text.line} news={news} error={asking.error.value}>
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void loading.load()} />
      )}
      {found !== undefined && <p class="settings-line">{standing(found)}</p>}
      {loaded.name === "ready" && (
        <div class="settings-verbs">
          {(found === undefined || found.state === "failed") && (
            <Button
              kind="soft"
              disabled={isBusy}
              busy={busy(text.asking)}
              onClick={() => void run(text.asking, askForExport)}
            >
              {text.ask}
            </Button>
          )}
          {found?.state === "ready" && (
            <>
              <Button
                kind="soft"
                disabled={isBusy}
                busy={busy(text.downloading)}
                onClick={() =>
                  void run(text.downloading, async () => save(await fetchExport(), nameOf(found)))
                }
              >
                {text.download}
              </Button>
              <Button disabled={isBusy} onClick={remove(text.removed)}>
                {text.remove}
              </Button>
            </>
          )}
          {found?.state === "waiting" && (
            <Button disabled={isBusy} onClick={remove(text.takenBack)}>
              {text.takeBack}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}

function standing(found: Export): string {
  const text = dataText();
  if (found.state === "ready" && found.expires_at !== null && found.size !== null) {
    return text.ready(formatSize(found.size), formatMoment(new Date(found.expires_at)));
  }
  return found.state === "failed" ? text.failed : text.waiting;
}

const nameOf = (found: Export) => `jumpa-${found.asked_at.slice(0, 10)}.zip`;
