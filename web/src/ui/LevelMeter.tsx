/** How loud a microphone is, as five bars. */

const BARS = 5;

/** Bars for a level of 0 to 1; decorative, since silence is also said in words. */
export function LevelMeter({ level }: { level: number }) {
  const lit = Math.ceil(level * BARS);
  return (
    <span class="meter" aria-hidden="true">
      {Array.from({ length: BARS }, (_, index) => (
        <i key={index} class={index < lit ? "meter-lit" : undefined} />
      ))}
    </span>
  );
}
