/** The state of a connection as three bars, for those who do not see colour. */

const HEIGHTS = [6, 11, 16];
const FLOOR = 21;

/** Bars of which the first `lit` are full. */
export function ConnectionBars({ lit }: { lit: number }) {
  return (
    <svg width={16} height={16} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      {HEIGHTS.map((height, index) => (
        <rect
          key={height}
          x={4 + index * 6}
          y={FLOOR - height}
          width={4}
          height={height}
          rx={1.6}
          opacity={index < lit ? 1 : 0.32}
        />
      ))}
    </svg>
  );
}
