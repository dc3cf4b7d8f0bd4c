/** Arrow keys in the bar, as WAI-ARIA describes a toolbar. */

const STEPS = new Map([
  ["ArrowRight", 1],
  ["ArrowLeft", -1],
]);

/** Which control has focus next, or undefined when the key means nothing to a toolbar. */
export function nextInToolbar(key: string, current: number, count: number): number | undefined {
  if (count === 0) {
    return undefined;
  }
  if (key === "Home" || key === "End") {
    return key === "Home" ? 0 : count - 1;
  }
  const step = STEPS.get(key);
  return step === undefined ? undefined : (current + step + count) % count;
}

/** Moves focus among the controls of the toolbar; keys inside an open menu or dialog are theirs. */
export function moveInToolbar(event: KeyboardEvent, toolbar: HTMLElement): void {
  const target = event.target as HTMLElement;
  if (target.closest("[role=menu], dialog") !== null) {
    return;
  }
  const controls = [...toolbar.querySelectorAll<HTMLElement>("button:not(:disabled)")].filter(
    (control) => control.closest("[role=menu], dialog") === null,
  );
  const next = nextInToolbar(event.key, controls.indexOf(target), controls.length);
  if (next !== undefined) {
    event.preventDefault();
    controls[next]?.focus();
  }
}
