/** The camera's picture as the others will see it: with the background that was chosen in this browser. */
import { useEffect, useState } from "preact/hooks";
import { type Backdrop, openBackdrop } from "@/media/backdrop";
import { backgroundChoice } from "@/media/background-choice";

export interface OwnPicture {
  /** What to show; the bare camera until the background is there. */
  track: MediaStreamTrack | undefined;
  status: "bare" | "preparing" | "changed" | "failed";
}

/** Follows the camera and the choice; a device that cannot do it shows the bare picture and says so. */
export function useBackdrop(
  camera: MediaStreamTrack | undefined,
  open: typeof openBackdrop = openBackdrop,
): OwnPicture {
  const background = backgroundChoice.now.value;
  const [changed, setChanged] = useState<MediaStreamTrack>();
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    setFailed(false);
    if (camera === undefined || background === "none") {
      return undefined;
    }
    let isOver = false;
    let backdrop: Backdrop | undefined;
    open(camera, background).then(
      (opened) => {
        if (isOver) {
          opened.close();
          return;
        }
        backdrop = opened;
        setChanged(opened.track);
      },
      () => setFailed(!isOver),
    );
    return () => {
      isOver = true;
      backdrop?.close();
      setChanged(undefined);
    };
  }, [camera, background]);
  if (camera === undefined || background === "none") {
    return { track: camera, status: "bare" };
  }
  if (changed !== undefined) {
    return { track: changed, status: "changed" };
  }
  return { track: camera, status: hasFailed ? "failed" : "preparing" };
}
