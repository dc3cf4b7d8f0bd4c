/** Shows the pictures of one source for as long as it is on the screen. */
import { useEffect, useRef } from "preact/hooks";
import type { VideoSource } from "@/media/participants";

interface VideoProps {
  source: VideoSource;
  class: string;
  isMirrored?: boolean;
}

/** A muted video element: sounds are played elsewhere. */
export function Video({ source, class: className, isMirrored = false }: VideoProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (video === null) {
      return undefined;
    }
    source.attach(video);
    return () => {
      source.detach(video);
    };
  }, [source]);
  return (
    <video
      ref={element}
      class={isMirrored ? `${className} tile-mirrored` : className}
      autoplay
      playsInline
      muted
      disablePictureInPicture
    />
  );
}
