/** A field of forms about meetings: one of a few choices. */

export interface RadiosProps<T extends string> {
  name: string;
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onValue: (value: T) => void;
}

/** One of a few that are all read before one is chosen. */
export function Radios<T extends string>(props: RadiosProps<T>) {
  const { name, label, value, options, onValue } = props;
  return (
    <fieldset class="schedule-radios">
      <legend class="field-label">{label}</legend>
      {options.map(([one, words]) => (
        <label key={one} class="schedule-radio">
          <input
            type="radio"
            name={name}
            value={one}
            checked={one === value}
            onChange={() => onValue(one)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
