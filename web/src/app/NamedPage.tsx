/** The page below the front page that an address names: one of accounts, or a meeting. */

import { accountPageAt } from "@/app/account-pages";
import { LazyAccounts } from "@/app/LazyAccounts";
import { RoomPage } from "@/app/RoomPage";

/** One of the two. */
export function NamedPage({ name }: { name: string }) {
  const page = accountPageAt(name);
  return page === undefined ? <RoomPage code={name} /> : <LazyAccounts page={page} />;
}
