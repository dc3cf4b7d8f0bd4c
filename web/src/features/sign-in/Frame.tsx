/** Frame of the pages around signing in: the form on the left, the kawung on the right. */

import "@/features/sign-in/sign-in.css";
import type { ComponentChildren } from "preact";
import { PageHeader } from "@/ui/PageHeader";
import { usePage } from "@/ui/page";

export interface FrameProps {
  title: string;
  line?: string;
  children?: ComponentChildren;
  /** The way to the neighbouring page, at the foot. */
  foot?: ComponentChildren;
}

/** One page. */
export function Frame({ title, line, children, foot }: FrameProps) {
  const heading = usePage(title);
  return (
    <div class="sign-in">
      <div class="sign-in-half">
        <PageHeader />
        <main class="sign-in-main">
          <h1 ref={heading} tabIndex={-1} class="page-title">
            {title}
          </h1>
          {line !== undefined && <p class="sign-in-line">{line}</p>}
          {children}
        </main>
        {foot !== undefined && <footer class="sign-in-foot">{foot}</footer>}
      </div>
      <div class="sign-in-art" aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}

/** A question and the page that answers it. */
export function Way({ question, href, label }: { question: string; href: string; label: string }) {
  return (
    <p class="sign-in-way">
      <span>{question}</span>
      <a class="link" href={href}>
        {label}
      </a>
    </p>
  );
}
