/** The page below the front page that an address names: one of accounts, one for everybody, or a meeting. */

import { accountPageAt } from "@/app/account-pages";
import { LazyAccounts } from "@/app/LazyAccounts";
import { LazyConnectionTest } from "@/app/LazyConnectionTest";
import { lazily } from "@/app/lazily";
import { nearestPlace } from "@/app/look-alike";
import { NotFound } from "@/app/NotFound";
import { RoomPage } from "@/app/RoomPage";
import { readRoomCode } from "@/lib/room-code";

const Reading = lazily(async () => (await import("@/features/about/Reading")).Reading);

export interface NamedPageProps {
  name: string;
  /** What the page is about, where the address goes on. */
  part?: string;
}

/** One of them. */
export function NamedPage({ name, part }: NamedPageProps) {
  const page = accountPageAt(name, part);
  if (page !== undefined) {
    return <LazyAccounts page={page} part={part} />;
  }
  if (part !== undefined) {
    return <NotFound path={`${name}/${part}`} />;
  }
  switch (name) {
    // No code of a meeting looks like these.
    case "connection-test":
      return <LazyConnectionTest />;
    case "privacy":
    case "help":
      return <Reading key={name} name={name} />;
    default: {
      const isMistyped = readRoomCode(name) === undefined && nearestPlace(name) !== undefined;
      return isMistyped ? <NotFound path={name} /> : <RoomPage code={name} />;
    }
  }
}
