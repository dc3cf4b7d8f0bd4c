/** A file of a message: its picture when it is one, its name and size, and the way to save it. */
import { Download, FileText } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { formatPercent, formatSize } from "@/i18n/format";
import { saveFile } from "@/lib/save-file";
import { IconButton } from "@/ui/Button";
import { Mark } from "@/ui/Mark";
import type { ChatMessage } from "./messages";
import type { Chat } from "./state";
import { chatText } from "./strings";

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);
// Larger pictures are only fetched when somebody wants them.
const LARGEST_SHOWN_BYTES = 5_000_000;

interface FileCardProps {
  message: ChatMessage;
  file: NonNullable<ChatMessage["file"]>;
  chat: Chat;
}

/** The address of a small picture, for as long as it is on the screen. */
function usePreview({ file, chat }: FileCardProps): string | undefined {
  const [url, setUrl] = useState<string>();
  const { id } = file;
  const isShown = SHOWN.has(file.type) && file.size <= LARGEST_SHOWN_BYTES;
  useEffect(() => {
    if (id === undefined || !isShown) {
      return;
    }
    let made: string | undefined;
    let isWanted = true;
    chat.fetchFile(id).then(
      (content) => {
        if (isWanted) {
          made = URL.createObjectURL(content);
          setUrl(made);
        }
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
      if (made !== undefined) {
        URL.revokeObjectURL(made);
      }
    };
  }, [id, isShown]);
  return url;
}

function Save({ file, chat }: FileCardProps) {
  const t = chatText();
  const [state, setState] = useState<"ready" | "busy" | "failed">("ready");
  const { id, name } = file;
  if (id === undefined) {
    return null;
  }
  const save = () => {
    setState("busy");
    chat.fetchFile(id).then(
      (content) => {
        saveFile(content, name);
        setState("ready");
      },
      () => setState("failed"),
    );
  };
  return (
    <>
      <IconButton
        label={state === "busy" ? t.downloading : t.download(name)}
        size="small"
        disabled={state === "busy"}
        onClick={save}
      >
        {state === "busy" ? (
          <Mark size={16} state="walking" />
        ) : (
          <Download size={18} strokeWidth={1.9} aria-hidden="true" />
        )}
      </IconButton>
      {state === "failed" && (
        <p class="chat-unsent" role="alert">
          {t.downloadFailed}
        </p>
      )}
    </>
  );
}

/** The card. */
export function FileCard(props: FileCardProps) {
  const { message, file } = props;
  const t = chatText();
  const preview = usePreview(props);
  const { progress = 0, status } = message;
  return (
    <div class="chat-file">
      {preview !== undefined && (
        <img class="chat-picture" src={preview} alt={t.picture(file.name)} />
      )}
      <FileText size={20} strokeWidth={1.75} aria-hidden="true" />
      <span class="chat-file-name" dir="auto">
        {file.name}
        <span class="chat-time block">
          {status === "sending" ? t.uploading(formatPercent(progress)) : formatSize(file.size)}
        </span>
      </span>
      <Save {...props} />
      {status === "sending" && (
        <progress class="chat-progress" max={1} value={progress} aria-label={file.name} />
      )}
    </div>
  );
}
