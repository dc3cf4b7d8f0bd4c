/** How loud a microphone is, as a row of bars. */

const BARS = 5;

/** Bars for a level of 0 to 1; decorative, since silence is also said in words. */
export function LevelMeter({ level, bars = BARS }: { level: number; bars?: number }) {
  const lit = Math.ceil(level * bars);
  return (
    <span class="meter" aria-hidden="true">
      {Array.from({ length: bars }, (_, index) => (
        <i key={index} class={index < lit ? "meter-lit" : undefined} />
      ))}
    </span>
  );
}
