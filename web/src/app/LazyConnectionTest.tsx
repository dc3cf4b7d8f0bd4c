/** The connection test, loaded apart: most people never need it. */

import { lazyPage } from "@/app/lazy-page";

export const LazyConnectionTest = lazyPage<object>(() =>
  import("@/features/connection-test/ConnectionTestPage").then((loaded) => loaded.default),
);
