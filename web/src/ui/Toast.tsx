/** News: one line, at most one action, said politely to screen readers. */

import type { ComponentChildren } from "preact";
import { Button } from "@/ui/Button";

export interface ToastProps {
  children: ComponentChildren;
  icon?: ComponentChildren;
  action?: { label: string; onPress: () => void };
}

/** The line itself; the place where it stands carries the live region. */
export function Toast({ children, icon, action }: ToastProps) {
  return (
    <div class="toast">
      {icon}
      <span class="min-w-0 grow">{children}</span>
      {action !== undefined && (
        <Button kind="quiet" size="small" onClick={action.onPress}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
