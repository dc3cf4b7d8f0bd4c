/** A choice that holds at once: a line with a switch at its end. */

import "@/ui/switch.css";

export interface SwitchProps {
  label: string;
  hint: string;
  isOn: boolean;
  disabled?: boolean;
  onTurn: (isOn: boolean) => void;
}

/** One line; the whole of it can be pressed. */
export function Switch({ label, hint, isOn, disabled = false, onTurn }: SwitchProps) {
  return (
    <label class="switch">
      <span class="grow">
        {label}
        <span class="field-hint block">{hint}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        disabled={disabled}
        onChange={(event) => onTurn(event.currentTarget.checked)}
      />
    </label>
  );
}
