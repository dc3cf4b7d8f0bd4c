/** A question that must be answered, and a sheet that comes up from below on a phone. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

export interface DialogProps {
  title: string;
  onClose: () => void;
  children?: ComponentChildren;
  /** Buttons, the safe one first. */
  actions?: ComponentChildren;
}

function useModal(onClose: () => void) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) {
      return;
    }
    const opener = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (opener instanceof HTMLElement) {
        opener.focus();
      }
    };
  }, []);
  const events = {
    onCancel: (event: Event) => {
      event.preventDefault();
      onClose();
    },
    onClick: (event: MouseEvent) => {
      if (event.target === element.current) {
        onClose();
      }
    },
  };
  return { element, events };
}

/** A dialog in the middle; Escape and a press outside close it. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const { element, events } = useModal(onClose);
  const id = useId();
  return (
    <dialog ref={element} class="dialog" aria-labelledby={id} {...events}>
      <h2 id={id} class="dialog-title">
        {title}
      </h2>
      {children}
      {actions !== undefined && <div class="dialog-actions">{actions}</div>}
    </dialog>
  );
}

/** A sheet from below; the same ways out as a dialog. */
export function Sheet({ title, onClose, children }: Omit<DialogProps, "actions">) {
  const { element, events } = useModal(onClose);
  const id = useId();
  return (
    <dialog ref={element} class="sheet" aria-labelledby={id} {...events}>
      <div class="sheet-handle" aria-hidden="true" />
      <h2 id={id} class="sr-only">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
