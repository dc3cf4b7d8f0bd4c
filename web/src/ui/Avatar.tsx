/** A person without a picture: round, with initials on the colour of the identity. */

import { classes } from "@/lib/class";
import { initials, personColour } from "@/lib/person";

const SMALLEST_WITH_TWO_LETTERS = 33;

export interface AvatarProps {
  name: string;
  /** What the colour is picked by; the name where there is no identity. */
  identity?: string;
  /** Edge in pixels. */
  size?: number;
}

/** One avatar; decorative, since the name stands beside it. */
export function Avatar({ name, identity, size = 36 }: AvatarProps) {
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

/** A row of overlapping avatars: the first few, then a count of the rest. */
export function Avatars({
  names,
  most = 3,
  size = 32,
}: {
  names: string[];
  most?: number;
  size?: number;
}) {
  const shown = names.length === most + 1 ? names : names.slice(0, most);
  const rest = names.length - shown.length;
  return (
    <span class="avatars" aria-hidden="true">
      {shown.map((name, index) => (
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
