/** A person: round, with a picture, or initials on the colour of the identity. */

import { classes } from "@/lib/class";
import { initials, personColour } from "@/lib/person";

const SMALLEST_WITH_TWO_LETTERS = 33;

export interface AvatarProps {
  name: string;
  /** What the colour is picked by; the name where there is no identity. */
  identity?: string;
  /** Edge in pixels. */
  size?: number;
  /** Address of a picture of the person. */
  picture?: string | undefined;
}

/** One avatar; decorative, since the name stands beside it. */
export function Avatar({ name, identity, size = 36, picture }: AvatarProps) {
  if (picture !== undefined) {
    return <img class="avatar" style={{ "--size": `${size}px` }} src={picture} alt="" />;
  }
  const letters = initials(name, size < SMALLEST_WITH_TWO_LETTERS ? 1 : 2);
  return (
    <span
      class={classes("avatar", personColour(identity ?? name))}
      style={{ "--size": `${size}px` }}
      aria-hidden="true"
    >
      {letters}
    </span>
  );
}

export interface AvatarsProps {
  names: string[];
  /** How many more there are than names. */
  rest?: number;
  size?: number;
}

/** A row of overlapping avatars, then a count of the rest. */
export function Avatars({ names, rest = 0, size = 32 }: AvatarsProps) {
  return (
    <span class="avatars" aria-hidden="true">
      {names.map((name, index) => (
        <Avatar key={`${index}-${name}`} name={name} size={size} />
      ))}
      {rest > 0 && (
        <span class="avatar avatar-rest" style={{ "--size": `${size}px` }}>
          +{rest}
        </span>
      )}
    </span>
  );
}
