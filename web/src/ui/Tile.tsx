/** Frame of one person on the stage: picture or avatar, name at the bottom left, states at the top right. */

import type { ComponentChildren } from "preact";
import { classes } from "@/lib/class";
import { initials, personColour } from "@/lib/person";

// Four petals around a point near the upper right corner.
const GROUND =
  "M237.6-86h12a74.4 74.4 0 0 1 74.4 74.4v38.4a7.2 7.2 0 0 1-7.2 7.2h-38.4A74.4 74.4 0 0 1 204-40.4v-12A33.6 33.6 0 0 1 237.6-86zM410.4-86h12A33.6 33.6 0 0 1 456-52.4v12A74.4 74.4 0 0 1 381.6 34h-38.4a7.2 7.2 0 0 1-7.2-7.2v-38.4A74.4 74.4 0 0 1 410.4-86zM278.4 46h38.4a7.2 7.2 0 0 1 7.2 7.2v38.4a74.4 74.4 0 0 1-74.4 74.4h-12a33.6 33.6 0 0 1-33.6-33.6v-12A74.4 74.4 0 0 1 278.4 46zM343.2 46h38.4a74.4 74.4 0 0 1 74.4 74.4v12a33.6 33.6 0 0 1-33.6 33.6h-12A74.4 74.4 0 0 1 336 91.6V53.2a7.2 7.2 0 0 1 7.2-7.2z";

export interface TileProps {
  name: string;
  /** What the tag says instead of the name, as "You". */
  label?: string | undefined;
  identity: string;
  /** The picture; its element carries the class tile-picture. Absent: the avatar stands there. */
  picture?: ComponentChildren;
  /** What stands in the name tag before the name: muted icon, voice bars. */
  sign?: ComponentChildren;
  states?: ComponentChildren;
  /** The place of a raised hand, at the top left. */
  hand?: ComponentChildren;
  isSpeaking?: boolean;
  isDimmed?: boolean;
  children?: ComponentChildren;
  class?: string;
}

/** One tile; its size comes from outside. */
export function Tile(props: TileProps) {
  const { name, identity, picture, sign, states, isSpeaking = false, isDimmed = false } = props;
  return (
    <div
      class={classes(
        "tile",
        personColour(identity),
        isSpeaking && "tile-speaking",
        isDimmed && "tile-dimmed",
        props.class,
      )}
    >
      {picture ?? <TileAvatar name={name} />}
      <span class="tag tile-name">
        {sign}
        <span class="truncate" dir="auto">
          {props.label ?? name}
        </span>
      </span>
      {states !== undefined && <span class="tile-states">{states}</span>}
      {props.hand}
      {props.children}
    </div>
  );
}

function TileAvatar({ name }: { name: string }) {
  return (
    <div class="tile-empty" aria-hidden="true">
      <svg
        class="tile-empty-ground"
        viewBox="0 0 400 300"
        preserveAspectRatio="xMaxYMid slice"
        aria-hidden="true"
      >
        <path d={GROUND} fill="currentColor" />
      </svg>
      <span class="avatar">{initials(name)}</span>
    </div>
  );
}

/** Three bars that say: this person is heard. */
export function Voice() {
  return (
    <span class="voice" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
