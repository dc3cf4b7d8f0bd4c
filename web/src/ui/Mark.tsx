/** The kawung, sign of the product: the lit petal is you, or the one who is on the way. */

import { classes } from "@/lib/class";

const NORTH_WEST =
  "M4.09 0H5.55a9.05 9.05 0 0 1 9.05 9.05V13.72a.88.88 0 0 1-.88.88H9.05A9.05 9.05 0 0 1 0 5.55V4.09A4.09 4.09 0 0 1 4.09 0z";
const NORTH_EAST =
  "M26.45 0h1.46A4.09 4.09 0 0 1 32 4.09v1.46a9.05 9.05 0 0 1-9.05 9.05h-4.67a.88.88 0 0 1-.88-.88V9.05A9.05 9.05 0 0 1 26.45 0z";
const SOUTH_EAST =
  "M18.28 17.4h4.67A9.05 9.05 0 0 1 32 26.45v1.46A4.09 4.09 0 0 1 27.91 32h-1.46a9.05 9.05 0 0 1-9.05-9.05v-4.67a.88.88 0 0 1 .88-.88z";
const SOUTH_WEST =
  "M9.05 17.4h4.67a.88.88 0 0 1 .88.88v4.67A9.05 9.05 0 0 1 5.55 32H4.09A4.09 4.09 0 0 1 0 27.91v-1.46a9.05 9.05 0 0 1 9.05-9.05z";

export interface MarkProps {
  /** Edge in pixels. */
  size: number;
  /** One of: at rest, walking while something is on its way, away when you have left, all four seated. */
  state?: "lit" | "walking" | "away" | "seated";
  /** Drawn in the colour of the text around it, for use on a filled button. */
  onFill?: boolean;
}

/** The mark alone; decorative, so the words beside it carry the meaning. */
export function Mark({ size, state = "lit", onFill = false }: MarkProps) {
  const fourth = { lit: "mark-lit", walking: "mark-lit", away: "mark-away", seated: "mark-seated" };
  return (
    <svg
      class={classes("mark", state === "walking" && "mark-walking", onFill && "mark-on-fill")}
      width={size}
      height={size}
      viewBox="-.6 -.6 33.2 33.2"
      aria-hidden="true"
    >
      <path class="mark-seated" d={NORTH_WEST} />
      <path class={fourth[state]} d={NORTH_EAST} />
      <path class="mark-seated" d={SOUTH_EAST} />
      <path class="mark-seated" d={SOUTH_WEST} />
    </svg>
  );
}
