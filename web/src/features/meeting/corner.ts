/** The own picture in a corner: it follows a finger and rests in the nearest corner. */
import { useRef } from "preact/hooks";
import type { Corner } from "./arrangement";
import type { Box, Size } from "./layout";

const DRAG_FROM_PX = 8;

/** The corner whose quarter of the area holds the middle of the box. */
export function nearestCorner(box: Box, area: Size): Corner {
  const side = box.x + box.width / 2 < area.width / 2 ? "left" : "right";
  return box.y + box.height / 2 < area.height / 2 ? `top-${side}` : `bottom-${side}`;
}

interface CornerDrag {
  box: Box;
  area: Size;
  onRest: (corner: Corner) => void;
  /** A press without a drag. */
  onPress: () => void;
}

interface Drag {
  startX: number;
  startY: number;
  moved: Box | undefined;
}

/** Handlers for the button that lies over the picture; the picture is the closest `.placed`. */
export function useCornerDrag({ box, area, onRest, onPress }: CornerDrag) {
  const drag = useRef<Drag | undefined>(undefined);
  const wasDragged = useRef(false);
  const show = (target: HTMLElement, shown: Box): void => {
    const picture = target.closest<HTMLElement>(".placed");
    if (picture !== null) {
      picture.toggleAttribute("data-dragged", shown !== box);
      picture.style.transform = `translate(${shown.x}px, ${shown.y}px)`;
    }
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      drag.current = { startX: event.clientX, startY: event.clientY, moved: undefined };
      wasDragged.current = false;
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const current = drag.current;
      if (current === undefined) {
        return;
      }
      const x = event.clientX - current.startX;
      const y = event.clientY - current.startY;
      if (wasDragged.current || Math.hypot(x, y) > DRAG_FROM_PX) {
        wasDragged.current = true;
        current.moved = { ...box, x: box.x + x, y: box.y + y };
        show(event.currentTarget as HTMLElement, current.moved);
      }
    },
    onPointerUp: (event: PointerEvent) => {
      const moved = drag.current?.moved;
      drag.current = undefined;
      if (moved !== undefined) {
        show(event.currentTarget as HTMLElement, box);
        onRest(nearestCorner(moved, area));
      }
    },
    onPointerCancel: (event: PointerEvent) => {
      drag.current = undefined;
      show(event.currentTarget as HTMLElement, box);
    },
    onClick: () => {
      if (!wasDragged.current) {
        onPress();
      }
      wasDragged.current = false;
    },
  };
}
