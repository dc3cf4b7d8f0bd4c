/** Puts the pages of accounts together: who is signed in decides what an address shows. */

import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { explainAccountFailure } from "@/api/account-failure-text";
import { accountStanding, forgetSession, openSession, type Profile } from "@/api/account-session";
import type { ApiError } from "@/api/client";
import { createRoom, listOwnRooms } from "@/api/rooms";
import type { AccountPage } from "@/app/account-pages";
import { Shell } from "@/app/Shell";
import { appText } from "@/app/strings";
import { Contacts } from "@/features/contacts/Contacts";
import { Home } from "@/features/home/Home";
import { createRoomList } from "@/features/home/rooms";
import { GuestPage } from "@/features/invitations/GuestPage";
import { InvitationPage } from "@/features/invitations/InvitationPage";
import { keepName, keepSeat, keptName } from "@/features/join/kept";
import { JoinByCode } from "@/features/landing/JoinByCode";
import { StartMeeting } from "@/features/landing/StartMeeting";
import { createLanding } from "@/features/landing/state";
import { Schedule } from "@/features/schedule/Schedule";
import { Settings } from "@/features/settings/Settings";
import { ForgotPassword } from "@/features/sign-in/ForgotPassword";
import { ResetPassword } from "@/features/sign-in/ResetPassword";
import { SignIn } from "@/features/sign-in/SignIn";
import { SignUp } from "@/features/sign-in/SignUp";
import { VerifyEmail } from "@/features/sign-in/VerifyEmail";
import { fullName } from "@/lib/person";
import { onSignedOutElsewhere } from "@/lib/sign-in-hint";
import { Button } from "@/ui/Button";
import { Mark } from "@/ui/Mark";
import { Message } from "@/ui/Message";
import { uiText } from "@/ui/strings";

export interface AccountPagesProps {
  page: AccountPage;
  /** What the front page shows to those who are not signed in. */
  porch?: JSX.Element;
}

/** Pages that letters open work whoever is signed in. */
const LETTER_PAGES = {
  "verify-email": VerifyEmail,
  "forgot-password": ForgotPassword,
  "reset-password": ResetPassword,
  invitation: InvitationPage,
  guest: Guest,
};

/** The page at an address. */
export default function AccountPages({ page, porch }: AccountPagesProps) {
  useEffect(() => onSignedOutElsewhere(forgetSession), []);
  if (page in LETTER_PAGES) {
    const Page = LETTER_PAGES[page as keyof typeof LETTER_PAGES];
    return <Page />;
  }
  return <PersonalPage page={page} porch={porch} />;
}

function Guest() {
  const take = (code: string, seat: string, name: string) => {
    keepSeat(code, seat);
    keepName(name);
  };
  return <GuestPage name={keptName()} onSeat={take} />;
}

function PersonalPage({ page, porch }: AccountPagesProps) {
  const standing = accountStanding.value;
  useEffect(() => {
    if (standing.name === "unknown") {
      void openSession();
    }
  }, [standing]);
  switch (standing.name) {
    case "unknown":
      return (
        <main class="grid min-h-dvh place-items-center" aria-busy="true">
          <Mark size={48} state="walking" />
        </main>
      );
    case "failed":
      return <Unreached error={standing.error} />;
    case "out":
      return (
        <>
          {standing.hasEnded === true && <EndedNote />}
          <Outside page={page} porch={porch} />
        </>
      );
    case "in":
      return <Inside page={page} profile={standing.profile} tag={standing.tag} />;
  }
}

/** A session that somebody ended from another device, or that was too old. */
function EndedNote() {
  return (
    <p class="session-ended" role="status">
      {appText().sessionEnded} <a href="/login">{appText().signInAgain}</a>
    </p>
  );
}

function Outside({ page, porch }: AccountPagesProps) {
  if (page === "register") {
    return <SignUp />;
  }
  return porch ?? <SignIn />;
}

function Unreached({ error }: { error: ApiError }) {
  const [isBusy, setBusy] = useState(false);
  const retry = async () => {
    setBusy(true);
    await openSession().finally(() => setBusy(false));
  };
  return (
    <Message
      title={appText().unreached}
      mark="away"
      actions={
        <Button
          kind="primary"
          size="large"
          busy={isBusy && uiText().loading}
          onClick={() => void retry()}
        >
          {uiText().retry}
        </Button>
      }
    >
      {explainAccountFailure(error)}
    </Message>
  );
}

interface InsideProps {
  page: AccountPage;
  profile: Profile;
  tag: string | undefined;
}

function Inside({ page, profile, tag }: InsideProps) {
  const { route } = useLocation();
  useEffect(() => {
    // Nobody types a name that the account knows; one that was typed here stays.
    if (keptName() === "") {
      keepName(fullName(profile));
    }
  }, [profile]);
  const isDone = page === "login" || page === "register";
  useEffect(() => {
    if (isDone) {
      route("/", true);
    }
  }, [isDone]);
  return (
    <Shell page={isDone ? "home" : page} profile={profile}>
      {page === "schedule" && <Schedule />}
      {page === "contacts" && <Contacts ownId={profile.id} />}
      {(page === "settings" || page === "security") && (
        <Settings section={page} profile={profile} tag={tag} />
      )}
      {page === "home" && <Start profile={profile} />}
    </Shell>
  );
}

function Start({ profile }: { profile: Profile }) {
  const { route } = useLocation();
  const state = useMemo(
    () => createLanding({ create: createRoom, open: (code) => route(`/${code}`) }),
    [],
  );
  const list = useMemo(() => createRoomList(listOwnRooms), []);
  return (
    <Home
      list={list}
      name={profile.first_name}
      start={<StartMeeting state={state} />}
      join={<JoinByCode state={state} />}
    />
  );
}
