/** Choices about how pages look: kept in this browser, the same in all its tabs, and on the root element. */

import { effect } from "@preact/signals";
import { KeptChoice } from "@/lib/kept-choice";

/** Styles look for it on the root element, where it stands unless it is the first, the usual one. */
export function pageChoice<T extends string>(
  name: string,
  choices: readonly [T, ...T[]],
): KeptChoice<T> {
  const key = `jumpa.${name}`;
  const choice = new KeptChoice(key, choices);
  effect(() => {
    const chosen = choice.now.value;
    if (chosen === choices[0]) {
      delete document.documentElement.dataset[name];
    } else {
      document.documentElement.dataset[name] = chosen;
    }
  });
  addEventListener("storage", (event) => {
    const chosen = choices.find((one) => one === (event.newValue ?? choices[0]));
    if (event.key === key && chosen !== undefined) {
      choice.choose(chosen);
    }
  });
  return choice;
}
