/** How something looks under a pointer, pressed or in focus, without anybody who points: what the styles say of these moments they also say of `data-look`. */

/** The same selector for something that only looks so; undefined where it is about no such moment. */
export function standIn(selector: string): string | undefined {
  const found = selector.replace(/:(hover|active|focus-visible)(?![\w-])/gu, '[data-look~="$1"]');
  return found === selector ? undefined : found;
}

/** Adds a stand-in behind each rule of a sheet of styles, at the same place in the order of layers. */
export function addLooks(styles: CSSStyleSheet | CSSGroupingRule): void {
  // From the end, so that what is added moves nothing that is still to be read.
  for (const [index, rule] of [...[...styles.cssRules].entries()].reverse()) {
    if (rule instanceof CSSStyleRule) {
      const selector = standIn(rule.selectorText);
      if (selector !== undefined) {
        styles.insertRule(`${selector} { ${rule.style.cssText} }`, index + 1);
      }
    } else if (rule instanceof CSSGroupingRule) {
      addLooks(rule);
    }
  }
}
