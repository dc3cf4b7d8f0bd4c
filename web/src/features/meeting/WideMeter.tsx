/** How loud the microphone is, as a row of bars under its name. */

const BARS = 18;

/** Decorative: silence is also seen in the bar. */
export function WideMeter({ level }: { level: number }) {
  const lit = Math.ceil(level * BARS);
  return (
    <div class="meter meter-wide" aria-hidden="true">
      {Array.from({ length: BARS }, (_, index) => (
        <i key={index} class={index < lit ? "meter-lit" : undefined} />
      ))}
    </div>
  );
}
