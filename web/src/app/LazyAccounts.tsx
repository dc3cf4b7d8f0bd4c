/** The pages of accounts, loaded apart: guests never wait for them. */

import type { AccountPagesProps } from "@/app/AccountPages";
import { lazyPage } from "@/app/lazy-page";

export const LazyAccounts = lazyPage<AccountPagesProps>(() =>
  import("@/app/AccountPages").then((loaded) => loaded.default),
);
