/** Files that were sent into a room, newest first. */

import { FileText } from "lucide-preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { fetchFile, listMessages } from "@/api/own-room";
import { createPaging } from "@/api/paging";
import { roomsText } from "@/features/rooms/strings";
import { formatMoment, formatSize } from "@/i18n/format";
import { saveFile } from "@/lib/save-file";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { More, SkeletonRows, Trouble } from "@/ui/Waiting";

/** The list. */
export function Files({ code }: { code: string }) {
  const text = roomsText();
  const list = useMemo(() => createPaging((cursor) => listMessages(code, "file", cursor)), [code]);
  const asking = useMemo(createAsking, []);
  const [wanted, setWanted] = useState("");
  useEffect(() => void list.pages.load(), [list]);
  const loaded = list.pages.state.value;
  const save = (id: string, name: string) => {
    setWanted(id);
    void asking.run(async () => saveFile(await fetchFile(code, id), name));
  };
  // A file goes with its message; what was said of it stays in the chat.
  const found = loaded.name === "ready" ? loaded.value.items.filter((one) => one.file) : [];
  const error = asking.error.value;
  return (
    <>
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void list.pages.load()} />
      )}
      {loaded.name === "ready" && found.length === 0 && <p class="rooms-note">{text.noFiles}</p>}
      {error !== undefined && <FieldNote id="file-error" text={error} isError />}
      {found.length > 0 && (
        <ul>
          {found.map(
            ({ file, name, created_at: at }) =>
              file && (
                <li key={file.id} class="rooms-member">
                  <FileText size={20} strokeWidth={1.75} aria-hidden="true" />
                  <span class="rooms-words">
                    <strong dir="auto">{file.name}</strong>
                    <span>
                      {[formatSize(file.size), name, formatMoment(new Date(at))].join(" · ")}
                    </span>
                  </span>
                  <Button
                    kind="quiet"
                    size="small"
                    aria-label={text.downloadOne(file.name)}
                    busy={asking.isBusy.value && wanted === file.id && text.downloading}
                    onClick={() => save(file.id, file.name)}
                  >
                    {text.download}
                  </Button>
                </li>
              ),
          )}
        </ul>
      )}
      <More id="files-error" label={text.more} list={list} />
    </>
  );
}
