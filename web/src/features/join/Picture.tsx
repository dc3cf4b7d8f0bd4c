/** The own camera, mirrored as everybody knows their own face. */
import { useEffect, useRef } from "preact/hooks";
import { joinText } from "@/features/join/strings";

/** A silent video of one track. */
export function Picture({ track }: { track: MediaStreamTrack }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) {
      video.current.srcObject = new MediaStream([track]);
    }
  }, [track]);
  return <video ref={video} autoPlay playsInline muted aria-label={joinText().preview} />;
}
