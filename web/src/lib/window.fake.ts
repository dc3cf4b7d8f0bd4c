/** What the tests' window lacks of a browser's: popovers that open and close. */

function toggle(element: HTMLElement, newState: "open" | "closed"): void {
  const event = Object.assign(new Event("toggle"), { newState });
  element.dispatchEvent(event);
}

Object.assign(HTMLElement.prototype, {
  showPopover(this: HTMLElement) {
    toggle(this, "open");
  },
  hidePopover(this: HTMLElement) {
    toggle(this, "closed");
  },
});
