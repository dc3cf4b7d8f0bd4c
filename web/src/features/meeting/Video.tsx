/** Shows the pictures of one source for as long as it is on the screen. */
import { useEffect, useRef } from "preact/hooks";
import type { VideoSource } from "@/media/participants";
import { Mark } from "@/ui/Mark";

interface VideoProps {
  source: VideoSource;
  class: string;
  isMirrored?: boolean;
  /** Told when there is a picture to see, and when there is none any more. */
  onPicture?: (isThere: boolean) => void;
}

/** A muted video element: sounds are played elsewhere. */
export function Video({ source, class: className, isMirrored = false, onPicture }: VideoProps) {
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
      onLoadedData={() => onPicture?.(true)}
      onEmptied={() => onPicture?.(false)}
    />
  );
}

/** Walks where a picture will be. Behind the picture it would go on walking, and cost as much as the picture. */
export function PictureOnItsWay() {
  return (
    <span class="tile-waiting">
      <Mark size={30} state="walking" />
    </span>
  );
}
