/** News: one line, at most one action, said politely to screen readers. */

import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Button, IconButton } from "@/ui/Button";
import { uiText } from "@/ui/strings";

export interface ToastProps {
  children: ComponentChildren;
  icon?: ComponentChildren;
  action?: { label: string; onPress: () => void } | undefined;
  /** The way to be rid of it without acting. */
  onClose?: () => void;
}

/** The line itself; the place where it stands carries the live region. */
export function Toast({ children, icon, action, onClose }: ToastProps) {
  return (
    <div class="toast">
      {icon}
      <span class="min-w-0 grow" dir="auto">
        {children}
      </span>
      {action !== undefined && (
        <Button kind="quiet" size="small" onClick={action.onPress}>
          {action.label}
        </Button>
      )}
      {onClose !== undefined && (
        <IconButton label={uiText().close} size="small" onClick={onClose}>
          <X size={16} strokeWidth={2} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}
