/** Backgrounds as pictures to choose from. */
import { Ban, CircleDot, CircleDotDashed } from "lucide-preact";
import { backgroundText } from "@/ui/background-strings";
import "@/ui/background-choices.css";

const ICON = { size: 24, strokeWidth: 1.6, "aria-hidden": "true" } as const;

type Name = keyof ReturnType<typeof backgroundText>["names"];
type Pictures = Partial<Record<Name, string>>;

function Face({ name, pictures }: { name: Name; pictures: Pictures }) {
  const picture = pictures[name];
  if (picture !== undefined) {
    return <img class="background-picture" src={picture} alt="" />;
  }
  if (name === "none") {
    return <Ban {...ICON} />;
  }
  return name === "soft" ? <CircleDotDashed {...ICON} /> : <CircleDot {...ICON} />;
}

interface BackgroundChoicesProps<T extends Name> {
  choices: readonly T[];
  chosen: T;
  pictures: Pictures;
  disabled: boolean;
  onChoose: (background: T) => void;
}

/** One radio button for each. */
export function BackgroundChoices<T extends Name>(props: BackgroundChoicesProps<T>) {
  const { choices, chosen, pictures, disabled, onChoose } = props;
  const t = backgroundText();
  return (
    <fieldset class="background-choices" aria-label={t.title}>
      {choices.map((name) => (
        <label key={name} class="background-choice">
          <input
            class="sr-only"
            type="radio"
            name="background"
            checked={chosen === name}
            disabled={disabled}
            onChange={() => onChoose(name)}
          />
          <span class="background-face">
            <Face name={name} pictures={pictures} />
          </span>
          {t.names[name]}
        </label>
      ))}
    </fieldset>
  );
}
