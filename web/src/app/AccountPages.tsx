/** Puts the pages of accounts together: who is signed in decides what an address shows. */

import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { explainAccountFailure } from "@/api/account-failure-text";
import { accountStanding, forgetSession, openSession, type Profile } from "@/api/account-session";
import type { ApiError } from "@/api/client";
import { createPaging } from "@/api/paging";
import { createRoom, listOwnRooms } from "@/api/rooms";
import type { AccountPage } from "@/app/account-pages";
import { lazily } from "@/app/lazily";
import { ownNews } from "@/app/own-news";
import { ownPush } from "@/app/own-push";
import { SessionEnded } from "@/app/SessionEnded";
import { Shell } from "@/app/Shell";
import { appText } from "@/app/strings";
import { Contacts } from "@/features/contacts/Contacts";
import { Home } from "@/features/home/Home";
import { GuestPage } from "@/features/invitations/GuestPage";
import { InvitationPage } from "@/features/invitations/InvitationPage";
import { hasKeptDevices, keepName, keepSeat, keptName } from "@/features/join/kept";
import { JoinByCode } from "@/features/landing/JoinByCode";
import { StartMeeting } from "@/features/landing/StartMeeting";
import { createLanding } from "@/features/landing/state";
import { isSection } from "@/features/settings/sections";
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
  /** What the page is about, where its address goes on. */
  part?: string | undefined;
  /** What the front page shows to those who are not signed in. */
  porch?: JSX.Element;
}

const Schedule = lazily(async () => (await import("@/features/schedule/Schedule")).Schedule);

const NotificationsPage = lazily(() =>
  import("@/features/notifications/NotificationsPage").then((loaded) => loaded.NotificationsPage),
);

const NotificationCards = lazily(() =>
  import("@/features/settings/NotificationCards").then((loaded) => loaded.NotificationCards),
);
const NearbyCard = lazily(() =>
  import("@/features/contacts/NearbyCard").then((loaded) => loaded.NearbyCard),
);
const Rooms = lazily(async () => (await import("@/features/rooms/Rooms")).Rooms);
const OwnRoom = lazily(async () => (await import("@/app/OwnRoom")).OwnRoom);

const OrganisationPage = lazily(
  async () => (await import("@/app/OrganisationPage")).OrganisationPage,
);

const JoinOrganisation = lazily(
  async () => (await import("@/features/sign-in/JoinOrganisation")).JoinOrganisation,
);

const Settings = lazily(async () => (await import("@/features/settings/Settings")).Settings);

const DeviceSettings = lazily(() =>
  import("@/features/join/DeviceSettings").then((loaded) => loaded.DeviceSettings),
);

const ServicesCard = lazily(() =>
  import("@/features/settings/ServicesCard").then((loaded) => loaded.ServicesCard),
);

const ConnectSlack = lazily(() =>
  import("@/features/settings/ConnectSlack").then((loaded) => loaded.ConnectSlack),
);

/** Pages that letters open work whoever is signed in. */
const LETTER_PAGES = {
  "verify-email": VerifyEmail,
  "forgot-password": ForgotPassword,
  "reset-password": ResetPassword,
  "join-organisation": JoinOrganisation,
  invitation: InvitationPage,
  guest: Guest,
};

/** The page at an address. */
export default function AccountPages({ page, part, porch }: AccountPagesProps) {
  useEffect(() => onSignedOutElsewhere(forgetSession), []);
  if (page in LETTER_PAGES) {
    const Page = LETTER_PAGES[page as keyof typeof LETTER_PAGES];
    return <Page />;
  }
  return <PersonalPage page={page} part={part} porch={porch} />;
}

function Guest() {
  const take = (code: string, seat: string, name: string) => {
    keepSeat(code, seat);
    keepName(name);
  };
  return <GuestPage name={keptName()} onSeat={take} />;
}

function PersonalPage({ page, part, porch }: AccountPagesProps) {
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
      return <Outside page={page} porch={porch} hasEnded={standing.hasEnded === true} />;
    case "in":
      return <Inside page={page} part={part} profile={standing.profile} tag={standing.tag} />;
  }
}

interface OutsideProps {
  page: AccountPage;
  porch: JSX.Element | undefined;
  hasEnded: boolean;
}

function Outside({ page, porch, hasEnded }: OutsideProps) {
  const { route } = useLocation();
  const [wantsIn, setWantsIn] = useState(false);
  if (page === "register") {
    return <SignUp />;
  }
  if (wantsIn || page === "login") {
    return <SignIn />;
  }
  if (hasEnded) {
    const goHome = () => {
      // From here on nobody is signed in, and nobody is told so twice.
      forgetSession();
      route("/");
    };
    return <SessionEnded onAgain={() => setWantsIn(true)} onHome={goHome} />;
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
  part: string | undefined;
  profile: Profile;
  tag: string | undefined;
}

function Inside({ page, part, profile, tag }: InsideProps) {
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
      {page === "schedule" && <Schedule meeting={part} />}
      {page === "rooms" &&
        (part === undefined ? <Rooms /> : <OwnRoom code={part} ownId={profile.id} />)}
      {page === "contacts" && <Contacts ownId={profile.id} />}
      {page === "organisation" && <OrganisationPage section={part} profile={profile} />}
      {page === "notifications" && <NotificationsPage centre={ownNews} />}
      {isSection(page) && (
        <Settings
          section={page}
          profile={profile}
          tag={tag}
          devices={<DeviceSettings name={fullName(profile)} />}
          notifications={<NotificationCards push={ownPush} />}
          services={<ServicesCard />}
        />
      )}
      {page === "connect-slack" && <ConnectSlack />}
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
  const list = useMemo(() => createPaging(listOwnRooms), []);
  return (
    <Home
      list={list}
      name={profile.first_name}
      start={(look) => <StartMeeting state={state} {...look} />}
      join={<JoinByCode state={state} isCompact />}
      contacts={<NearbyCard ownName={fullName(profile)} />}
      hasTriedDevices={hasKeptDevices()}
    />
  );
}
