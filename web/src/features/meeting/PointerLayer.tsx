/** The pointers over a shared screen, and the place that one's own is read from. */
import { useEffect, useRef, useState } from "preact/hooks";
import { callName, personColour } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import type { Pointers } from "./pointers";
import "./pointers.css";

interface PointerLayerProps {
  pointers: Pointers;
  /** Whose screen. */
  share: string;
  participants: readonly ParticipantView[];
  /** Whether moves over it are one's own pointing. */
  isPointing: boolean;
}

const WIDE = 16 / 9;

/** The shape of the picture beside the layer: a shared window has any shape, and its letterbox is no place to point at. */
function useShape(layer: { current: HTMLElement | null }): number {
  const [shape, setShape] = useState(WIDE);
  useEffect(() => {
    const video = layer.current?.parentElement?.querySelector("video");
    if (video == null) {
      return undefined;
    }
    const read = (): void => {
      if (video.videoHeight > 0) {
        setShape(video.videoWidth / video.videoHeight);
      }
    };
    read();
    video.addEventListener("resize", read);
    return () => video.removeEventListener("resize", read);
  }, []);
  return shape;
}

function spotOf(event: PointerEvent & { currentTarget: HTMLElement }) {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  const within = (value: number) => Math.min(1, Math.max(0, value));
  // Four digits are finer than any screen.
  const rounded = (value: number) => Math.round(within(value) * 10_000) / 10_000;
  return {
    x: rounded((event.clientX - left) / width),
    y: rounded((event.clientY - top) / height),
  };
}

/** Lies over the picture inside the frame. */
export function PointerLayer({ pointers, share, participants, isPointing }: PointerLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const shape = useShape(layer);
  useEffect(() => {
    if (!isPointing) {
      return undefined;
    }
    return () => pointers.leave(share);
  }, [isPointing, share]);
  const shown = pointers.all.value.filter((pointer) => pointer.share === share);
  return (
    <div ref={layer} class="pointer-layer" aria-hidden="true">
      <div
        class="pointer-area"
        style={{ "--shape": shape }}
        data-pointing={isPointing}
        onPointerMove={(event) => isPointing && pointers.move(share, spotOf(event))}
        onPointerDown={(event) => isPointing && pointers.move(share, spotOf(event))}
        onPointerLeave={() => isPointing && pointers.leave(share)}
      >
        {shown.map(({ identity, x, y }) => (
          <span
            key={identity}
            class={`pointer ${personColour(identity)}`}
            style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
            data-pointer={identity}
          >
            <svg
              width="22"
              height="24"
              viewBox="0 0 22 24"
              class="pointer-arrow"
              aria-hidden="true"
            >
              <path d="M2 1.5 20.5 10.5 12.2 13.2 8.6 21.6Z" />
            </svg>
            <span class="pointer-name">
              {callName(participants.find((other) => other.identity === identity)?.name ?? "")}
            </span>
          </span>
        ))}
      </div>
    </div>
  );
}
