/** How keys move through a menu: arrows, Home, End and the first letters of a row. */

/** Index of the row to go to, or undefined when the key means nothing here. */
export function rowForKey(key: string, current: number, labels: string[]): number | undefined {
  const count = labels.length;
  if (count === 0) {
    return undefined;
  }
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return (current + 1) % count;
    case "ArrowUp":
    case "ArrowLeft":
      return (Math.max(current, 0) + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return key.length === 1 && key !== " " ? rowByLetter(key, current, labels) : undefined;
  }
}

function rowByLetter(letter: string, current: number, labels: string[]): number | undefined {
  const sought = letter.toLocaleLowerCase();
  for (let step = 1; step <= labels.length; step += 1) {
    const index = (current + step) % labels.length;
    if (labels[index]?.trim().toLocaleLowerCase().startsWith(sought) === true) {
      return index;
    }
  }
  return undefined;
}
