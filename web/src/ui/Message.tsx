/** A page that says one thing: the mark, a title, a line and what can be done. */

import type { ComponentChildren } from "preact";
import { Mark, type MarkProps } from "@/ui/Mark";
import { PageHeader } from "@/ui/PageHeader";
import { usePage } from "@/ui/page";

export interface MessageProps {
  title: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
  mark?: MarkProps["state"];
}

/** The whole page, header included. */
export function Message({ title, children, actions, mark = "lit" }: MessageProps) {
  const heading = usePage(title);
  return (
    <div class="flex min-h-dvh flex-col">
      <PageHeader />
      <main class="message">
        <Mark size={64} state={mark} />
        <h1 ref={heading} tabIndex={-1} class="page-title">
          {title}
        </h1>
        {children !== undefined && <p>{children}</p>}
        {actions !== undefined && <div class="message-actions">{actions}</div>}
      </main>
    </div>
  );
}
