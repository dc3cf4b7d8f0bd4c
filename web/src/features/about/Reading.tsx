/** Pages that are read: privacy and help. */

import "@/features/about/about.css";
import type { ComponentChildren } from "preact";
import { aboutText } from "@/features/about/strings";
import { PageHeader } from "@/ui/PageHeader";
import { usePage } from "@/ui/page";

export type ReadingName = "privacy" | "help";

interface Part {
  title: string;
  lines: readonly string[];
}

/** The page of this name. */
export function Reading({ name }: { name: ReadingName }) {
  const text = aboutText();
  const host = location.host;
  return name === "privacy" ? (
    <Page title={text.privacy} lead={text.privacyLead(host)} parts={text.privacyParts} />
  ) : (
    <Page title={text.help} lead={text.helpLead(host)} parts={text.helpParts}>
      <a class="button button-secondary reading-way" href="/connection-test">
        {text.connectionTest}
      </a>
    </Page>
  );
}

interface PageProps {
  title: string;
  lead: string;
  parts: Readonly<Record<string, Part>>;
  children?: ComponentChildren;
}

function Page({ title, lead, parts, children }: PageProps) {
  const heading = usePage(title);
  return (
    <>
      <PageHeader />
      <main class="reading">
        <h1 ref={heading} tabIndex={-1} class="page-title">
          {title}
        </h1>
        <p class="reading-lead">{lead}</p>
        {Object.entries(parts).map(([name, part]) => (
          <section key={name}>
            <h2 class="section-title">{part.title}</h2>
            {part.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </section>
        ))}
        {children}
      </main>
    </>
  );
}
