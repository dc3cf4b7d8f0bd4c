/** Frame of one person on the stage: picture or avatar, name at the bottom left, states at the top right. */

import type { ComponentChildren } from "preact";
import { classes } from "@/lib/class";
import { initials, personColour } from "@/lib/person";

export interface TileProps {
  name: string;
  identity: string;
  /** The picture; its element carries the class tile-picture. Absent: the avatar stands there. */
  picture?: ComponentChildren;
  /** What stands in the name tag before the name: muted icon, voice bars. */
  sign?: ComponentChildren;
  states?: ComponentChildren;
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
          {name}
        </span>
      </span>
      {states !== undefined && <span class="tile-states">{states}</span>}
      {props.children}
    </div>
  );
}

function TileAvatar({ name }: { name: string }) {
  return (
    <div class="tile-empty" aria-hidden="true">
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
