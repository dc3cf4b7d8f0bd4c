/** A value between nothing and all, set by dragging or by arrow keys. */
import "@/ui/slider.css";

export interface SliderProps {
  label: string;
  /** From 0 to 1. */
  value: number;
  /** The value in words, as "80 %". */
  words: string;
  onValue: (value: number) => void;
}

const STEPS = 20;

/** One labelled line. */
export function Slider({ label, value, words, onValue }: SliderProps) {
  return (
    <label class="slider">
      <span class="slider-label">{label}</span>
      <input
        class="slider-input"
        type="range"
        min={0}
        max={STEPS}
        value={Math.round(value * STEPS)}
        aria-valuetext={words}
        onInput={(event) => onValue(Number(event.currentTarget.value) / STEPS)}
      />
      <span class="slider-words" aria-hidden="true">
        {words}
      </span>
    </label>
  );
}
