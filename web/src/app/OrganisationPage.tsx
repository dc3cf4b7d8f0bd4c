/** The page of the organisation: its sections for administrators, and words for everybody else. */

import "@/app/not-allowed.css";
import type { FunctionComponent } from "preact";
import { useMemo } from "preact/hooks";
import { type Profile, readProfile } from "@/api/account-session";
import { createAsking } from "@/api/asking";
import { ORGANISATION_SECTIONS, type OrganisationSection } from "@/app/account-pages";
import { lazily } from "@/app/lazily";
import { organisationPageText } from "@/app/organisation-strings";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { Mark } from "@/ui/Mark";
import { usePage } from "@/ui/page";
import { Sections } from "@/ui/Sections";

export interface OrganisationPageProps {
  section?: string | undefined;
  profile: Profile;
}

interface SectionProps {
  ownId: string;
  /** Somebody else may administrate no longer: the page looks again who asks. */
  onRefused: () => void;
}

const PAGES: Record<OrganisationSection, FunctionComponent<SectionProps>> = {
  people: lazily(async () => (await import("@/features/organisation/People")).People),
  meetings: lazily(async () => (await import("@/features/administration/MeetingsNow")).MeetingsNow),
  overview: lazily(async () => (await import("@/features/administration/Overview")).Overview),
  audit: lazily(async () => (await import("@/features/organisation/AuditLog")).AuditLog),
  work: lazily(async () => (await import("@/features/administration/Work")).Work),
  webhooks: lazily(async () => (await import("@/features/administration/Webhooks")).Webhooks),
  settings: lazily(
    async () => (await import("@/features/administration/ServerSettings")).ServerSettings,
  ),
};

/** The page. */
export function OrganisationPage({ section, profile }: OrganisationPageProps) {
  const text = organisationPageText();
  if (profile.role !== "administrator") {
    return <NotAllowed />;
  }
  const shown = ORGANISATION_SECTIONS.find((one) => one === section) ?? ORGANISATION_SECTIONS[0];
  const Page = PAGES[shown];
  return (
    <Sections
      title={text.title}
      label={text.sections}
      sections={ORGANISATION_SECTIONS.map((one) => [`/organisation/${one}`, text.section[one]])}
      current={`/organisation/${shown}`}
    >
      <Page key={shown} ownId={profile.id} onRefused={lookAgain} />
    </Sections>
  );
}

/** Whoever is refused sees so once the profile says it too. */
function lookAgain(): void {
  readProfile().catch(() => undefined);
}

function NotAllowed() {
  const text = organisationPageText();
  const heading = usePage(text.notAllowed);
  const asking = useMemo(createAsking, []);
  const error = asking.error.value;
  return (
    <section class="not-allowed">
      <Mark size={64} state="away" />
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {text.notAllowed}
      </h1>
      <p>{text.notAllowedLine}</p>
      {error !== undefined && <FieldNote id="not-allowed-error" text={error} isError />}
      <div class="message-actions">
        <Button
          busy={asking.isBusy.value && text.checking}
          onClick={() => void asking.run(readProfile)}
        >
          {text.checkAgain}
        </Button>
        <a class="button button-primary" href="/">
          {text.toHome}
        </a>
      </div>
    </section>
  );
}
